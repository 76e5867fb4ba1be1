using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.IdentityModel.Tokens;
using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;
using Ptune.Fixtures;
using Ptune.Fixtures.Issuer;
using Ptune.Silo.Tests.Support;

namespace Ptune.Silo.Tests.Security;

/// <summary>Callers with an OpenID Connect issuer's tokens.</summary>
public sealed class IssuerTests : IAsyncLifetime
{
    private TestIssuer _issuer = null!;
    private Server _server = null!;

    public async ValueTask InitializeAsync()
    {
        _issuer = await TestIssuer.StartAsync();
        _server = new Server(_issuer.Url);
        await _server.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    [Fact]
    public async Task Token_LetsInWhomItsClaimsName_AndNobodyElse()
    {
        var ann = await WhoAsync(await _issuer.TokenAsync("ann", "ml-red"));
        Assert.Equal(("ann", Role.Submitter, "red"), (ann.Name, ann.Role, ann.Tenant));
        Assert.Equal(["red"], ann.Tenants!);
        Assert.Equal((Role.Admin, null), (await WhoAsync(await _issuer.TokenAsync("boss", "platform")) is var boss ? (boss.Role, boss.Tenants) : default));

        await RefusedAsync(await _issuer.TokenAsync("eve", "visitors"), HttpStatusCode.Forbidden, "no role");
        using (var blue = _server.Client(await _issuer.TokenAsync("ann", "ml-red"), "blue")) await Problem.ReadAsync(await blue.GetAsync(Routes.Jobs), HttpStatusCode.NotFound);
        await RefusedAsync(await _issuer.TokenAsync("ann", "ml-red", audience: "another-service"), HttpStatusCode.Unauthorized, "audience");

        Assert.Equal("ann", (await WhoAsync(_issuer.Made(_ => { }))).Name);
        await RefusedAsync(_issuer.Made(token => token.Expires = DateTime.UtcNow.AddMinutes(-2)), HttpStatusCode.Unauthorized, "expired");
        await RefusedAsync(_issuer.Made(token => token.NotBefore = DateTime.UtcNow.AddMinutes(2)), HttpStatusCode.Unauthorized, "not valid yet");
        // A clock that is a little off is forgiven.
        Assert.Equal("ann", (await WhoAsync(_issuer.Made(token => (token.NotBefore, token.Expires) = (DateTime.UtcNow.AddSeconds(30), DateTime.UtcNow.AddMinutes(5))))).Name);
        Assert.Equal("ann", (await WhoAsync(_issuer.Made(token => token.Expires = DateTime.UtcNow.AddSeconds(-30)))).Name);
        await RefusedAsync(_issuer.Made(token => token.Expires = null), HttpStatusCode.Unauthorized, "not valid");
        await RefusedAsync(_issuer.Made(token => token.Issuer = "https://another.example.org/"), HttpStatusCode.Unauthorized, "issuer");
        await RefusedAsync(_issuer.Made(token => token.SigningCredentials = new SigningCredentials(TestIssuer.NewKey(), SecurityAlgorithms.RsaSha256)), HttpStatusCode.Unauthorized, "not valid");
        await RefusedAsync(_issuer.Made(token => token.SigningCredentials = null), HttpStatusCode.Unauthorized, "not valid");
        // Signed with the public key as if it were a shared secret.
        var known = new SymmetricSecurityKey(((RsaSecurityKey)_issuer.Signing.Key).Rsa.ExportSubjectPublicKeyInfo()) { KeyId = _issuer.Signing.Key.KeyId };
        await RefusedAsync(_issuer.Made(token => token.SigningCredentials = new SigningCredentials(known, SecurityAlgorithms.HmacSha256)), HttpStatusCode.Unauthorized, "not valid");
        var right = _issuer.Made(_ => { }).Split('.');
        foreach (var forged in new[] { $"{right[0]}.{right[1]}.", $"{right[0]}..{right[2]}", $"{Encoded("{}")}.{right[1]}.{right[2]}", "..", $"{right[0]}.{Encoded("{\"iss\":1}")}.{right[2]}", new string('.', 2) + new string('a', 5000) })
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(forged));
    }

    [Fact]
    public async Task Keys_OfTheIssuer_MayBeRotated()
    {
        var old = await _issuer.TokenAsync("ann", "ml-red");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(old));
        _issuer.Rotate();
        var fresh = await _issuer.TokenAsync("ann", "ml-red");
        // The new key is fetched beside the request that brings it.
        await Eventually.ValueAsync("the new key is known", () => StatusAsync(fresh), status => status == HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(old));
    }

    private async Task<WhoAmI> WhoAsync(string token)
    {
        using var client = _server.Client(token);
        return (await client.GetFromJsonAsync<WhoAmI>(Routes.WhoAmI, SpecJson.Options))!;
    }

    private async Task<HttpStatusCode> StatusAsync(string token)
    {
        using var client = _server.Client(token);
        return (await client.GetAsync(Routes.WhoAmI)).StatusCode;
    }

    private async Task RefusedAsync(string token, HttpStatusCode status, string why)
    {
        using var client = _server.Client(token);
        Assert.Contains(why, (string)(await Problem.ReadAsync(await client.GetAsync(Routes.WhoAmI), status))["detail"]!, StringComparison.Ordinal);
    }

    private static string Encoded(string json) => Base64UrlEncoder.Encode(Encoding.UTF8.GetBytes(json));

    private sealed class Server(string issuer) : AccessServer
    {
        protected override Dictionary<string, string?> Settings => new()
        {
            ["Access:Issuers:corp:Authority"] = issuer,
            ["Access:Issuers:corp:Audience"] = "ptune",
            ["Access:Issuers:corp:Grants"] = "ml-red=red/submitter; platform=*/admin",
        };
    }
}
