using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ptune.Cli.Tests.Servers;

/// <summary>A program that is not a ptune server, on a free loopback port: it gives every request the same answer.</summary>
internal sealed class ForeignServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ForeignServer(WebApplication app) => _app = app;

    public string Url => _app.Urls.First();

    public static async Task<ForeignServer> StartAsync(int status, string type, string body)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(http =>
        {
            (http.Response.StatusCode, http.Response.ContentType) = (status, type);
            return http.Response.WriteAsync(body);
        });
        await app.StartAsync();
        return new ForeignServer(app);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
