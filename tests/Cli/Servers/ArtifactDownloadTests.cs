using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Ptune.Cli.Servers;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;

namespace Ptune.Cli.Tests.Servers;

/// <summary>Large artifacts over connections that break.</summary>
public sealed class ArtifactDownloadTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ptune-download-").FullName;
    private readonly byte[] _content = RandomNumberGenerator.GetBytes(1_000_000);
    private readonly List<string> _ranges = [];
    private WebApplication? _app;
    private int _most = 400_000;
    private long _sent;
    private ServerClient? _client;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Services.ConfigureHttpJsonOptions(o => SpecJson.Apply(o.SerializerOptions));
        _app = builder.Build();
        _app.UseRouting();
        _app.UseEndpoints(_ => { });
        var manifest = new ArtifactManifest { Kind = ArtifactKind.Model, JobId = "default." + new string('0', 32), Files = [new ArtifactFile("weights", Digest.Of(_content), _content.Length)], Recipe = new NoOpSpec() };
        _app.MapGet(Routes.Artifact, () => new ArtifactView("sha256:" + new string('a', 64), manifest, [], _content.Length, DateTimeOffset.UnixEpoch));
        _app.MapGet(Routes.ArtifactFile, (Delegate)((HttpContext http) => SendAsync(http)));
        await _app.StartAsync();
        _client = new ServerClient(new Uri(_app.Urls.First()), token: (string?)null, tenant: null);
    }

    public async ValueTask DisposeAsync()
    {
        _client!.Dispose();
        await _app!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task RunAsync_ConnectionsBreak_GoesOnWithTheBytesThatAreMissing()
    {
        await RunAsync();
        Assert.Equal(_content, await File.ReadAllBytesAsync(Path.Combine(_folder, "weights")));
        Assert.Equal(["", "bytes=400000-", "bytes=800000-"], _ranges);
        Assert.Equal(_content.Length, _sent);
    }

    [Fact]
    public async Task RunAsync_FileIsThere_IsNotFetchedAgain()
    {
        await File.WriteAllBytesAsync(Path.Combine(_folder, "weights"), _content);
        await RunAsync();
        Assert.Empty(_ranges);
    }

    [Fact]
    public async Task RunAsync_NothingComesAnyMore_GivesUpAndLeavesNoPart()
    {
        _most = 0;
        var failure = await Assert.ThrowsAnyAsync<CliException>(RunAsync);
        Assert.Equal(ExitCode.Unreachable, failure.ExitCode);
        Assert.DoesNotContain(Directory.GetFiles(_folder), path => path.EndsWith(".partial", StringComparison.Ordinal));
    }

    private long Arrived() => new FileInfo(Path.Combine(_folder, "weights.partial")) is { Exists: true } file ? file.Length : 0;

    private Task RunAsync() => new ArtifactDownload(_client!, _folder).RunAsync("any", CancellationToken.None);

    private async Task SendAsync(HttpContext http)
    {
        var range = http.Request.Headers.Range.ToString();
        _ranges.Add(range);
        var from = range.Length == 0 ? 0 : int.Parse(range["bytes=".Length..^1], System.Globalization.CultureInfo.InvariantCulture);
        (http.Response.StatusCode, http.Response.ContentLength) = (from == 0 ? 200 : 206, _content.Length - from);
        await http.Response.StartAsync();
        await http.Response.Body.WriteAsync(_content.AsMemory(from, Math.Min(_most, _content.Length - from)));
        await http.Response.Body.FlushAsync();
        _sent += Math.Min(_most, _content.Length - from);
        // Only when the client has read them all: a broken connection takes with it what is still on its way.
        while (from + _most < _content.Length && Arrived() < from + _most) await Task.Delay(5, http.RequestAborted);
        if (from + _most < _content.Length) http.Abort();
    }
}
