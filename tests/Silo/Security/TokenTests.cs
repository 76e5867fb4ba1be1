using System.Net;
using System.Text;
using Ptune.Contracts.Http;
using Ptune.Fixtures;
using Ptune.Silo.Tests.Support;

namespace Ptune.Silo.Tests.Security;

/// <summary>A server with a token.</summary>
public sealed class TokenTests : IAsyncLifetime
{
    private const string Token = "a-token-for-tests";
    private readonly TemporaryFolder _folder = new("token");
    private SiloProcess _server = null!;

    public async ValueTask InitializeAsync() => _server = await SiloProcess.StartAsync(_folder.Location, new() { ["PTUNE_Http__Token"] = Token });

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Server_WithAToken_AsksForItWhereItShould()
    {
        using var nobody = _server.Client();
        using var wrong = _server.Client("another-token-for-tests");
        using var right = _server.Client(Token);
        using var browser = _server.Client();
        browser.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"anybody:{Token}")));
        foreach (var path in new[] { Routes.Jobs, Routes.Version, "/openapi/v1.json", "/dashboard/" })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetAsync(path)).StatusCode);
            Assert.Equal(HttpStatusCode.Unauthorized, (await wrong.GetAsync(path)).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await right.GetAsync(path)).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(path)).StatusCode);
        }
        await Problem.ReadAsync(await nobody.GetAsync(Routes.Jobs), HttpStatusCode.Unauthorized);
        Assert.Equal(HttpStatusCode.OK, (await nobody.GetAsync("/health")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await nobody.GetAsync("/health/live")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await nobody.GetAsync("/health/ready")).StatusCode);
        // From this machine; a proxy on it speaks for somebody else.
        Assert.Equal(HttpStatusCode.OK, (await nobody.GetAsync("/metrics")).StatusCode);
        using var proxied = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        proxied.Headers.Add("X-Forwarded-For", "192.0.2.1");
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.SendAsync(proxied)).StatusCode);

        using var page = new HttpRequestMessage(HttpMethod.Get, "/dashboard/");
        page.Headers.Add("Accept", "text/html");
        // A person is led to the login; whoever sends a wrong key is told so.
        Assert.EndsWith("/login?next=%2Fdashboard%2F", (await nobody.SendAsync(page)).RequestMessage!.RequestUri!.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Token, _server.Log, StringComparison.Ordinal);
    }
}
