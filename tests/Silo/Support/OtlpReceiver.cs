using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Ptune.Fixtures;

namespace Ptune.Silo.Tests.Support;

/// <summary>Takes what is exported by OTLP over HTTP. The messages are protobuf, in which texts and ids stand as their bytes.</summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, byte[] Body)> _received = [];

    private OtlpReceiver(WebApplication app) => _app = app;

    public string Url => _app.Urls.First();

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var receiver = new OtlpReceiver(builder.Build());
        receiver._app.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            receiver._received.Enqueue((http.Request.Path, body.ToArray()));
        });
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>Waits for an export to this path that has all these texts or bytes.</summary>
    public Task UntilAsync(string path, params byte[][] parts) => Eventually.IsTrueAsync(
        $"an export to {path} has {string.Join(", ", parts.Select(Encoding.ASCII.GetString))}",
        () => parts.All(part => _received.Any(r => r.Path == path && r.Body.AsSpan().IndexOf(part) >= 0)));

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
