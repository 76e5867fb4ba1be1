using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Ptune.WebConsole.Security;
using Ptune.WebConsole.Tests.Support;

namespace Ptune.WebConsole.Tests.Pages;

/// <summary>What is true of every page.</summary>
public sealed partial class PageTests(ConsoleServer server)
{
    /// <summary>The goal of the whole transfer of a page, with its style, script and mark.</summary>
    private const int MostBytes = 150_000;

    public static TheoryData<string> Paths => ["/", "/jobs", "/jobs?status=open&kind=NoOp&pool=p&name=n", "/studies", "/sweeps", "/models", "/models?kind=rewards", "/models?kind=artifacts", "/workers", "/dead-letters", "/submit", "/tenants", "/keys", "/audit", "/audit/verify"];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Page_Empty_IsServedWithItsPolicyAndNothingInline(string path)
    {
        using var visitor = server.NewVisitor();
        using var answer = await visitor.Http.GetAsync(path);
        var html = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(PageHeaders.Policy, Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.True(answer.Headers.CacheControl!.NoStore);
        // The tags alone, without the values of attributes: these and the text between may hold anything.
        Assert.DoesNotMatch(Inline(), string.Concat(Tags().Matches(Values().Replace(html, "\"\"")).Select(m => m.Value)));
        Assert.DoesNotMatch(Elsewhere(), html);
        Assert.Contains("<h1>", html, StringComparison.Ordinal);
    }

    /// <summary>Fifty jobs are the longest list of a page.</summary>
    [Fact]
    public async Task Jobs_FullPage_IsSmallAndLeadsToTheRest()
    {
        using var visitor = server.NewVisitor();
        var pool = visitor.Tenant;
        await Task.WhenAll(Enumerable.Range(0, 53).Select(i => server.SubmitAsync(visitor.Tenant, $"job-{i}", pool, i)));
        var html = await visitor.ReadAsync("/jobs");
        var first = JobLinks().Matches(html).Select(m => m.Groups[1].Value).ToArray();
        Assert.Equal(50, first.Length);

        var more = WebUtility.HtmlDecode(Older().Match(html).Groups[1].Value);
        var second = JobLinks().Matches(await visitor.ReadAsync(more)).Select(m => m.Groups[1].Value).ToArray();
        Assert.Equal(53, first.Union(second).Count());
        Assert.Equal(3, second.Length);

        var assets = await Task.WhenAll(Assets().Matches(html).Select(async m => (await visitor.Http.GetByteArrayAsync(m.Groups[1].Value)).Length));
        Assert.Equal(3, assets.Length);
        Assert.InRange(Encoding.UTF8.GetByteCount(html) + assets.Sum(), 10_000, MostBytes);
    }

    [Fact]
    public async Task Unknown_InABrowser_IsAPageAndElsewhereAProblem()
    {
        using var visitor = server.NewVisitor();
        Assert.Contains("Not found", await visitor.ReadAsync("/jobs/0123456789ab", HttpStatusCode.NotFound), StringComparison.Ordinal);
        Assert.Contains("There is nothing at", await visitor.ReadAsync("/nothing", HttpStatusCode.NotFound), StringComparison.Ordinal);
        using var program = new HttpClient { BaseAddress = server.Url };
        using var answer = await program.GetAsync("/nothing");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Find_TheBeginningOfAnId_LeadsToTheJob()
    {
        using var visitor = server.NewVisitor();
        var id = await server.SubmitAsync(visitor.Tenant, "wanted", visitor.Tenant);
        using var byId = await visitor.Http.GetAsync($"/find?q={id[(id.IndexOf('.') + 1)..][..10]}");
        Assert.Equal($"/jobs/{id}", byId.Headers.Location!.ToString());
        using var byName = await visitor.Http.GetAsync("/find?q=wanted");
        Assert.Equal("/jobs?name=wanted", byName.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Assets_HaveTheirDigestInTheAddressAndAreKept()
    {
        using var visitor = server.NewVisitor();
        var style = Assets().Match(await visitor.ReadAsync("/")).Groups[1].Value;
        using var answer = await visitor.Http.GetAsync(style);
        Assert.Contains("immutable", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        using var old = await visitor.Http.GetAsync("/console/000000000000/console.css");
        Assert.True(old.IsSuccessStatusCode);
        Assert.DoesNotContain("immutable", old.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        using var other = await visitor.Http.GetAsync("/console/000000000000/..%2F..%2Fetc%2Fpasswd");
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
    }

    [GeneratedRegex("""<script(?![^>]*\ssrc="")|<style|\sstyle=|\son\w+=""", RegexOptions.IgnoreCase)]
    private static partial Regex Inline();

    [GeneratedRegex("<[a-z][^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex Tags();

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Values();

    [GeneratedRegex("""(src|href|action)="(https?:)?//""", RegexOptions.IgnoreCase)]
    private static partial Regex Elsewhere();

    [GeneratedRegex("""<th scope="row"><a href="/jobs/([^"]+)">""")]
    private static partial Regex JobLinks();

    [GeneratedRegex("""<a href="([^"]+)" rel="next">""")]
    private static partial Regex Older();

    [GeneratedRegex("""(?:src|href)="(/console/[^"]+)""")]
    private static partial Regex Assets();
}
