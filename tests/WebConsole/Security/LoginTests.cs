using System.Net;
using System.Text.RegularExpressions;
using Ptune.WebConsole.Tests.Support;

namespace Ptune.WebConsole.Tests.Security;

/// <summary>Login, keys and the audit trail, on a server that asks for a key.</summary>
public sealed partial class LoginTests(GuardedConsole guarded) : IClassFixture<GuardedConsole>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/jobs")]
    [InlineData("/audit")]
    [InlineData("/dashboard/")]
    public async Task Page_WithoutALogin_LeadsToItAndBack(string path)
    {
        using var nobody = guarded.NewVisitor();
        using var answer = await nobody.Http.GetAsync(path);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal($"/login?next={Uri.EscapeDataString(path)}", answer.Headers.Location!.ToString());
        Assert.DoesNotContain("<nav class=\"pages\" aria-label=\"Pages\">", await nobody.ReadAsync("/login"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("https://evil.example")]
    public async Task Login_WithAWayElsewhere_StaysHere(string next)
    {
        using var visitor = guarded.NewVisitor();
        using var answer = await visitor.SendAsync($"/login?next={Uri.EscapeDataString(next)}", "/login", ("key", GuardedConsole.Token));
        Assert.Equal("/", answer.Headers.Location!.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("wrong")]
    [InlineData("abcdefgh.0123456789012345678901234567890123456789")]
    public async Task Login_WrongKey_IsRefused(string key)
    {
        using var visitor = guarded.NewVisitor();
        using var answer = await visitor.SendAsync("/login", "/login", ("key", key));
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.DoesNotContain("ptune-login", string.Join(';', answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : []), StringComparison.Ordinal);
    }

    /// <summary>An admin makes an operator's key; whoever has it sees what its role allows, and is out at the next request after the key is revoked.</summary>
    [Fact]
    public async Task Key_MadeUsedAndRevoked()
    {
        using var admin = await guarded.EnterAsync(GuardedConsole.Token);
        using var made = await admin.SendAsync("/keys", "/keys", ("name", "<b>ops</b>"), ("role", "operator"), ("tenant", "default"), ("expires", "1d"));
        var page = await made.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.True(made.Headers.CacheControl!.NoStore);
        Assert.DoesNotContain("<b>ops", page, StringComparison.Ordinal);
        var key = Key().Match(page).Groups[1].Value;
        Assert.DoesNotContain(key, await admin.ReadAsync("/keys"), StringComparison.Ordinal);

        using var red = await guarded.EnterAsync(key);
        var home = await red.ReadAsync("/");
        Assert.Contains("""title="Tenant">default<""", home, StringComparison.Ordinal);
        Assert.DoesNotContain("/dead-letters", home, StringComparison.Ordinal);
        await red.ReadAsync("/keys");
        await red.ReadAsync("/dead-letters", HttpStatusCode.Forbidden);
        await red.ReadAsync("/dashboard/", HttpStatusCode.Forbidden);

        var id = key[..8];
        using var revoked = await admin.SendAsync($"/keys/{id}/revoke", $"/keys/{id}/revoke");
        Assert.Contains($"The key {id} was revoked.", await admin.ReadAsync(revoked.Headers.Location!.ToString()), StringComparison.Ordinal);
        await red.ReadAsync("/", HttpStatusCode.SeeOther);
        using var again = guarded.NewVisitor();
        using var refused = await again.SendAsync("/login", "/login", ("key", key));
        Assert.Contains("was revoked", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    /// <summary>Who is no admin sees its own tenants alone, and changes none.</summary>
    [Fact]
    public async Task Tenants_OfAnOperator_AreItsOwnAndCannotBeChanged()
    {
        using var admin = await guarded.EnterAsync(GuardedConsole.Token);
        foreach (var name in new[] { "own", "foreign" })
        {
            using var tenant = await admin.SendAsync("/tenants", "/tenants", ("name", name));
            Assert.Equal($"/tenants/{name}?done=create", tenant.Headers.Location!.ToString());
        }
        using var made = await admin.SendAsync("/keys", "/keys", ("name", "ops"), ("role", "operator"), ("tenant", "own"), ("expires", "1d"));
        using var own = await guarded.EnterAsync(Key().Match(await made.Content.ReadAsStringAsync()).Groups[1].Value);
        var list = await own.ReadAsync("/tenants");
        Assert.Contains("/tenants/own", list, StringComparison.Ordinal);
        Assert.DoesNotContain("foreign", list, StringComparison.Ordinal);
        var page = await own.ReadAsync("/tenants/own");
        Assert.DoesNotContain("name=\"weight\"", page, StringComparison.Ordinal);
        await own.ReadAsync("/tenants/foreign", HttpStatusCode.NotFound);
        foreach (var path in new[] { "/tenants", "/tenants/own" })
        {
            using var refused = await own.Http.PostAsync(path, new FormUrlEncodedContent([.. Visitor.Fields(page, "/theme"), KeyValuePair.Create("name", "mine")]));
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }
    }

    [Fact]
    public async Task Logout_EndsIt()
    {
        using var admin = await guarded.EnterAsync(GuardedConsole.Token);
        using var left = await admin.SendAsync("/", "/logout");
        Assert.Equal("/login", left.Headers.Location!.ToString());
        await admin.ReadAsync("/", HttpStatusCode.SeeOther);
    }

    /// <summary>A page of another server under the same domain gets the cookie sent, too.</summary>
    [Theory]
    [InlineData("same-site")]
    [InlineData("cross-site")]
    [InlineData("none")]
    public async Task Api_ChangeWithTheCookieFromElsewhere_IsRefused(string site)
    {
        using var admin = await guarded.EnterAsync(GuardedConsole.Token);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/dead-letters/replay");
        admin.Http.DefaultRequestHeaders.Remove("Sec-Fetch-Site");
        request.Headers.Add("Sec-Fetch-Site", site);
        using var answer = await admin.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("CfDJ8AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Cookie_ThatIsNotOurs_IsNobody(string cookie)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = guarded.Url };
        client.DefaultRequestHeaders.Add("Accept", "text/html");
        client.DefaultRequestHeaders.Add("Cookie", $"ptune-login={cookie}");
        using var answer = await client.GetAsync("/");
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
    }

    [Fact]
    public async Task Audit_OfWhatWasDoneHere_NamesIt()
    {
        using var admin = await guarded.EnterAsync(GuardedConsole.Token);
        using var job = await admin.SendAsync("/submit", "/submit", ("spec", "apiVersion: ptune/v1\nkind: NoOp\nname: audited\nscheduling: { pool: none }\n"));
        var path = job.Headers.Location!.ToString();
        using var cancelled = await admin.SendAsync($"{path}/cancel", $"{path}/cancel");
        var html = await admin.ReadAsync("/audit?what=job.cancel");
        Assert.Contains(path["/jobs/".Length..], html, StringComparison.Ordinal);
        Assert.Contains("settings", html, StringComparison.Ordinal);
        Assert.Contains("admin of all tenants, let in by a key", await admin.ReadAsync("/audit?what=login.accept"), StringComparison.Ordinal);
        Assert.Contains("whole", await admin.ReadAsync("/audit/verify"), StringComparison.Ordinal);
        Assert.Contains("is not a time", await admin.ReadAsync("/audit?since=nonsense", HttpStatusCode.BadRequest), StringComparison.Ordinal);
    }

    [GeneratedRegex("""<code>([a-z0-9]{8}\.[A-Za-z0-9_-]{32,})</code>""")]
    private static partial Regex Key();
}
