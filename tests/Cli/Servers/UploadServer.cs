using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Ptune.Contracts.Http;
using Ptune.Contracts.Specs;

namespace Ptune.Cli.Tests.Servers;

/// <summary>Takes uploads as a server does, keeps them in memory, and breaks connections when it is told to.</summary>
internal sealed class UploadServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Dictionary<string, MemoryStream> _files = new(StringComparer.Ordinal);

    private UploadServer(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.First());

    /// <summary>After so many bytes of a request the connection breaks; each is for one request, null lets one pass.</summary>
    public Queue<int?> Breaks { get; } = [];

    /// <summary>The Content-Range of every PUT.</summary>
    public List<string> Ranges { get; } = [];

    /// <summary>The bytes that arrived, of all requests.</summary>
    public long Received { get; private set; }

    public static async Task<UploadServer> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Services.ConfigureHttpJsonOptions(o => SpecJson.Apply(o.SerializerOptions));
        var app = builder.Build();
        var server = new UploadServer(app);
        app.UseRouting();
        app.UseEndpoints(_ => { });
        app.MapGet(Routes.Upload, (string sha256) => server.View(sha256));
        app.MapPut(Routes.Upload, (Delegate)((HttpContext http, string sha256) => server.TakeAsync(http, sha256)));
        await app.StartAsync();
        return server;
    }

    public byte[] this[string sha256]
    {
        get => _files[sha256].ToArray();
        set => (_files[sha256] = new MemoryStream()).Write(value);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task<IResult> TakeAsync(HttpContext http, string sha256)
    {
        Ranges.Add(http.Request.Headers.ContentRange.ToString());
        var file = _files.TryGetValue(sha256, out var known) ? known : _files[sha256] = new MemoryStream();
        var left = Breaks.TryDequeue(out var some) ? some : null;
        var buffer = new byte[1000];
        while (await http.Request.Body.ReadAsync(buffer.AsMemory(0, Math.Min(buffer.Length, left ?? buffer.Length))) is var read and > 0)
        {
            file.Write(buffer, 0, read);
            Received += read;
            left -= read;
            if (left == 0) break;
        }
        if (left is not null)
        {
            http.Abort();
            return Results.Empty;
        }
        if (View(sha256) is { IsComplete: true } whole) return Results.Ok(whole);
        _files.Remove(sha256);
        return Results.Problem("The bytes that arrived have another digest.", statusCode: 422);
    }

    private UploadView View(string sha256)
    {
        if (!_files.TryGetValue(sha256, out var file)) return new UploadView(sha256, 0, null, false);
        return new UploadView(sha256, file.Length, file.Length, Convert.ToHexStringLower(SHA256.HashData(file.ToArray())) == sha256);
    }
}
