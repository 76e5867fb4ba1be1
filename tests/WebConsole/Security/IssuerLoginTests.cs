using System.Net;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Ptune.Fixtures.Issuer;
using Ptune.Silo.Security;
using Ptune.WebConsole.Tests.Support;

namespace Ptune.WebConsole.Tests.Security;

/// <summary>People log in at an issuer, by authorization code with PKCE.</summary>
public sealed class IssuerLoginTests(IssuerConsole console) : IClassFixture<IssuerConsole>
{
    private static readonly Person Ann = new("ann", "ml-red", "another");

    [Fact]
    public async Task Login_AtTheIssuer_LetsInAndLeadsBack()
    {
        using var visitor = await console.EnterAsync(Ann, "/jobs?status=open");
        var page = await visitor.ReadAsync("/jobs");
        Assert.Contains("""title="ann, submitter">Log out""", page, StringComparison.Ordinal);
        Assert.Contains("""title="Tenant">red<""", page, StringComparison.Ordinal);
        await visitor.ReadAsync("/keys", HttpStatusCode.Forbidden);

        // A change, too, as a submitter's; and none that another site begins.
        using var job = await visitor.SendAsync("/submit", "/submit", ("spec", "apiVersion: ptune/v1\nkind: NoOp\nname: by-ann\nscheduling: { pool: none }\n"));
        Assert.StartsWith("/jobs/", job.Headers.Location!.ToString(), StringComparison.Ordinal);
        visitor.Http.DefaultRequestHeaders.Remove("Sec-Fetch-Site");
        visitor.Http.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-site");
        using var foreign = await visitor.Http.PostAsync($"/v1{job.Headers.Location}/cancel", null);
        Assert.Equal(HttpStatusCode.Unauthorized, foreign.StatusCode);

        using var boss = await console.EnterAsync(new Person("boss", "platform"));
        Assert.Contains("/dead-letters", await boss.ReadAsync("/"), StringComparison.Ordinal);
        Assert.Matches(@"ann<br[^>]*><small>submitter [\s\S]*login\.accept[\s\S]*submitter of red, let in by corp", await boss.ReadAsync("/audit?chain=red&what=login"));
    }

    [Fact]
    public async Task LoginPage_ShowsBothWays()
    {
        using var visitor = console.NewVisitor();
        var page = await visitor.ReadAsync("/login?next=%2Fjobs");
        Assert.Contains("""href="/login/corp?next=%2Fjobs">Log in with Corp &amp; Co<""", page, StringComparison.Ordinal);
        Assert.Contains("""<input id="key" """, page, StringComparison.Ordinal);
        await visitor.ReadAsync("/login/nobody", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Request_ToTheIssuer_HasAChallengeAStateAndANonce()
    {
        using var visitor = console.NewVisitor();
        var query = System.Web.HttpUtility.ParseQueryString((await IssuerConsole.BeginAsync(visitor)).Query);
        Assert.Equal(("code", "query", "S256", TestIssuer.Console), (query["response_type"], query["response_mode"] ?? "query", query["code_challenge_method"], query["client_id"]));
        Assert.All(new[] { "code_challenge", "state", "nonce" }, name => Assert.NotEmpty(query[name]!));
        Assert.Equal(new Uri(console.Url, "/login/corp/callback").ToString(), query["redirect_uri"]);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("/\\evil.example")]
    public async Task Login_WithAWayElsewhere_StaysHere(string next)
    {
        console.Issuer.Person = Ann;
        using var visitor = console.NewVisitor();
        using var entered = await visitor.Http.GetAsync(await IssuerConsole.AskAsync(visitor, await IssuerConsole.BeginAsync(visitor, next)));
        Assert.Equal("/", entered.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Answer_UsedAgain_LetsNobodyIn()
    {
        console.Issuer.Person = Ann;
        using var visitor = console.NewVisitor();
        var back = await IssuerConsole.AskAsync(visitor, await IssuerConsole.BeginAsync(visitor));
        using (var first = await visitor.Http.GetAsync(back)) Assert.Equal(HttpStatusCode.Found, first.StatusCode);
        using var left = await visitor.SendAsync("/", "/logout");
        await RefusedAsync(visitor, back);

        // Somebody who has read the code in a log.
        using var thief = console.NewVisitor();
        await RefusedAsync(thief, back);
    }

    /// <summary>A code that was made for another browser's login: what that one has kept to itself, the verifier, is missing.</summary>
    [Fact]
    public async Task Code_OfAnotherLogin_LetsNobodyIn()
    {
        console.Issuer.Person = Ann;
        using var victim = console.NewVisitor();
        using var thief = console.NewVisitor();
        var stolen = System.Web.HttpUtility.ParseQueryString((await IssuerConsole.AskAsync(victim, await IssuerConsole.BeginAsync(victim))).Query)["code"]!;
        var own = await IssuerConsole.AskAsync(thief, await IssuerConsole.BeginAsync(thief));
        await RefusedAsync(thief, With(own, "code", stolen));
    }

    [Theory]
    [InlineData("state", "wrong")]
    [InlineData("state", "")]
    [InlineData("code", "wrong")]
    [InlineData("iss", "https://another.example/")]
    public async Task Answer_WithAWrongPart_LetsNobodyIn(string name, string value)
    {
        console.Issuer.Person = Ann;
        using var visitor = console.NewVisitor();
        await RefusedAsync(visitor, With(await IssuerConsole.AskAsync(visitor, await IssuerConsole.BeginAsync(visitor)), name, value));
    }

    [Fact]
    public async Task Answer_ToAnotherBrowser_LetsNobodyIn()
    {
        console.Issuer.Person = Ann;
        using var attacker = console.NewVisitor();
        var back = await IssuerConsole.AskAsync(attacker, await IssuerConsole.BeginAsync(attacker));
        using var victim = console.NewVisitor();
        await IssuerConsole.BeginAsync(victim);
        await RefusedAsync(victim, back);
    }

    [Fact]
    public async Task IdentityToken_WithAnotherNonce_LetsNobodyIn()
    {
        console.Issuer.Person = Ann;
        using var visitor = console.NewVisitor();
        await RefusedAsync(visitor, await IssuerConsole.AskAsync(visitor, With(await IssuerConsole.BeginAsync(visitor), "nonce", "another")));
    }

    [Fact]
    public async Task IdentityToken_Expired_LetsNobodyIn()
    {
        console.Issuer.Person = Ann;
        console.Issuer.IdentityLife = TimeSpan.FromMinutes(-2);
        using var visitor = console.NewVisitor();
        await RefusedAsync(visitor, await IssuerConsole.AskAsync(visitor, await IssuerConsole.BeginAsync(visitor)));
        console.Issuer.IdentityLife = TimeSpan.FromMinutes(5);
    }

    [Fact]
    public async Task Person_WhoDeclines_IsNobody()
    {
        console.Issuer.Person = null;
        using var visitor = console.NewVisitor();
        await RefusedAsync(visitor, await IssuerConsole.AskAsync(visitor, await IssuerConsole.BeginAsync(visitor)));
    }

    [Fact]
    public async Task Person_WithoutARole_IsToldSo()
    {
        console.Issuer.Person = new Person("<b>eve", "visitors");
        using var visitor = console.NewVisitor();
        using var answer = await visitor.Http.GetAsync(await IssuerConsole.AskAsync(visitor, await IssuerConsole.BeginAsync(visitor)));
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("You are logged in as &lt;b&gt;eve, and have no role here.", page, StringComparison.Ordinal);
        Assert.Contains("form-action 'self'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        await visitor.ReadAsync("/", HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task Login_EndsWhenItIsNotUsed_AndAfterADayHoweverMuchItIs()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var cookie = console.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(PersonLogins.CookieScheme);
        var before = cookie.TimeProvider;
        cookie.TimeProvider = time;
        try
        {
            using var idle = await console.EnterAsync(Ann);
            time.Advance(PersonLogins.Idle - TimeSpan.FromMinutes(1));
            await idle.ReadAsync("/");
            time.Advance(PersonLogins.Idle - TimeSpan.FromMinutes(1));
            await idle.ReadAsync("/");
            time.Advance(PersonLogins.Idle + TimeSpan.FromMinutes(1));
            await idle.ReadAsync("/", HttpStatusCode.SeeOther);

            // Logged in by the clock of this machine, which the issuer's tokens go by.
            time = new FakeTimeProvider(DateTimeOffset.UtcNow);
            cookie.TimeProvider = time;
            using var busy = await console.EnterAsync(Ann);
            for (var used = TimeSpan.FromHours(1); used < PersonLogins.Longest; used += TimeSpan.FromHours(1))
            {
                time.Advance(TimeSpan.FromHours(1));
                await busy.ReadAsync("/");
            }
            time.Advance(TimeSpan.FromMinutes(61));
            await busy.ReadAsync("/", HttpStatusCode.SeeOther);
        }
        finally
        {
            cookie.TimeProvider = before;
        }
    }

    [Fact]
    public async Task Logout_EndsItHereAndAtTheIssuer()
    {
        using var visitor = await console.EnterAsync(Ann);
        using var left = await visitor.SendAsync("/", "/logout");
        var page = await left.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, left.StatusCode);
        Assert.DoesNotContain("""action="/logout""", page, StringComparison.Ordinal);
        await visitor.ReadAsync("/", HttpStatusCode.SeeOther);

        var refresh = Assert.Single(left.Headers.GetValues("Refresh"));
        Assert.StartsWith($"0;url={console.Issuer.Url}logout?", refresh, StringComparison.Ordinal);
        using var ended = await visitor.Http.GetAsync(refresh["0;url=".Length..]);
        Assert.Equal("ann", Assert.Single(console.Issuer.Ended));
        using var back = await visitor.Http.GetAsync(ended.Headers.Location!);
        Assert.Equal("/login", back.Headers.Location!.ToString());
    }

    /// <summary>Who comes in by another way is not two callers at once.</summary>
    [Fact]
    public async Task Login_ByAKey_TakesTheOthersPlace()
    {
        using var visitor = await console.EnterAsync(Ann);
        using var entered = await visitor.SendAsync("/login", "/login", ("key", GuardedConsole.Token));
        Assert.Contains("""title="settings, admin">""", await visitor.ReadAsync("/"), StringComparison.Ordinal);
        using var left = await visitor.SendAsync("/", "/logout");
        Assert.Equal("/login", left.Headers.Location!.ToString());
        await visitor.ReadAsync("/", HttpStatusCode.SeeOther);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("chunks-2")]
    [InlineData("CfDJ8AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Cookie_ThatIsNotOurs_IsNobody(string cookie)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = console.Url };
        client.DefaultRequestHeaders.Add("Accept", "text/html");
        client.DefaultRequestHeaders.Add("Cookie", $"ptune-person={cookie}");
        using var answer = await client.GetAsync("/");
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
    }

    private static async Task RefusedAsync(Visitor visitor, Uri back)
    {
        using var answer = await visitor.Http.GetAsync(back);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("did not succeed", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await visitor.ReadAsync("/", HttpStatusCode.SeeOther);
    }

    private static Uri With(Uri address, string name, string value)
    {
        var query = System.Web.HttpUtility.ParseQueryString(address.Query);
        query[name] = value;
        return new UriBuilder(address) { Query = query.ToString() }.Uri;
    }
}
