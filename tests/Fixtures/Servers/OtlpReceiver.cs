using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ptune.Fixtures.Servers;

/// <summary>Takes what is exported by OTLP over HTTP.</summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    private const string Traces = "/v1/traces";

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, byte[] Body)> _received = [];
    private readonly ConcurrentQueue<OtlpSpan> _spans = [];

    private OtlpReceiver(WebApplication app) => _app = app;

    /// <summary>What makes a program export to here, soon after each event.</summary>
    public IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _app.Urls.First(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "50",
        ["OTEL_BLRP_SCHEDULE_DELAY"] = "50",
    };

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
            if (http.Request.Path != Traces) return;
            foreach (var span in OtlpSpan.AllOf(body.ToArray())) receiver._spans.Enqueue(span);
        });
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>Waits for an export to this path that has all these texts or bytes: the messages are protobuf, in which both stand as they are.</summary>
    public Task UntilAsync(string path, params byte[][] parts) => Eventually.IsTrueAsync(
        $"an export to {path} has {string.Join(", ", parts.Select(Encoding.ASCII.GetString))}",
        () => parts.All(part => _received.Any(r => r.Path == path && r.Body.AsSpan().IndexOf(part) >= 0)));

    /// <summary>Waits for a span, and answers the first.</summary>
    /// <param name="what">What is waited for, for the message.</param>
    /// <param name="wanted">Which one.</param>
    public async Task<OtlpSpan> SpanAsync(string what, Func<OtlpSpan, bool> wanted)
    {
        try
        {
            await Eventually.IsTrueAsync(what, () => _spans.Any(wanted));
        }
        catch (TimeoutException late)
        {
            // What came instead; those of the frameworks are too many to read.
            throw new TimeoutException($"{late.Message}\n{string.Join('\n', _spans.Where(span => !span.Name.Contains('/', StringComparison.Ordinal)))}", late);
        }
        return _spans.First(wanted);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
