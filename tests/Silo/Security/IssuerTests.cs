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
    private const string Cluster = "https://kubernetes.default.svc.cluster.local";

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

    /// <summary>A token as Kubernetes projects it into a pod: the audience is a list, and what else it says is in a claim that has members.</summary>
    [Fact]
    public async Task Token_OfAServiceAccount_CountsByItsNamespaceAndName()
    {
        var trainer = await WhoAsync(Projected("red", "trainer"));
        Assert.Equal(("system:serviceaccount:red:trainer", Role.Submitter, "red"), (trainer.Name, trainer.Role, trainer.Tenant));
        Assert.Equal(["red"], trainer.Tenants!);
        using (var red = _server.Client(Projected("red", "trainer"))) Assert.Equal(HttpStatusCode.OK, (await red.GetAsync(Routes.Jobs)).StatusCode);

        await RefusedAsync(Projected("blue", "trainer"), HttpStatusCode.Forbidden, "no role");
        await RefusedAsync(Projected("red", "another"), HttpStatusCode.Forbidden, "no role");
        await RefusedAsync(Projected("red", "trainer", "https://kubernetes.default.svc.cluster.local"), HttpStatusCode.Unauthorized, "audience");
        // What a service account may do is no business of another issuer, and no claim but the subject speaks for it.
        await RefusedAsync(_issuer.Made(token => (token.Subject, token.Claims) = (null, new Dictionary<string, object> { ["sub"] = "system:serviceaccount:red:trainer" })), HttpStatusCode.Forbidden, "no role");
        await RefusedAsync(Projected("blue", "trainer", claims: new() { ["groups"] = new[] { "system:serviceaccount:red:trainer", "platform" } }), HttpStatusCode.Forbidden, "no role");
    }

    private string Projected(string ns, string name, string audience = "ptune", Dictionary<string, object>? claims = null) => _issuer.Made(token =>
    {
        (token.Issuer, token.Subject, token.Audience) = (Cluster, null, null);
        token.Claims = new Dictionary<string, object>(claims ?? [])
        {
            ["aud"] = new[] { audience },
            ["sub"] = $"system:serviceaccount:{ns}:{name}",
            ["jti"] = Guid.NewGuid().ToString(),
            ["kubernetes.io"] = new Dictionary<string, object>
            {
                ["namespace"] = ns,
                ["node"] = new Dictionary<string, object> { ["name"] = "node-1", ["uid"] = Guid.NewGuid().ToString() },
                ["pod"] = new Dictionary<string, object> { ["name"] = "train-0", ["uid"] = Guid.NewGuid().ToString() },
                ["serviceaccount"] = new Dictionary<string, object> { ["name"] = name, ["uid"] = Guid.NewGuid().ToString() },
                ["warnafter"] = DateTimeOffset.UtcNow.AddMinutes(50).ToUnixTimeSeconds(),
            },
        };
    });

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
            // Its keys are those of the same test issuer; in a cluster they are the API server's.
            ["Access:Issuers:k8s:Authority"] = issuer,
            ["Access:Issuers:k8s:Issuer"] = Cluster,
            ["Access:Issuers:k8s:Audience"] = "ptune",
            ["Access:Issuers:k8s:Claim"] = "sub",
            ["Access:Issuers:k8s:Grants"] = "system:serviceaccount:red:trainer=red/submitter",
        };
    }
}
