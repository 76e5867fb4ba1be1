using System.Net;
using System.Text.RegularExpressions;
using Ptune.WebConsole.Tests.Support;

namespace Ptune.WebConsole.Tests.Pages;

/// <summary>Pages of what was computed: a study, a sweep, models and their lineage.</summary>
public sealed partial class RecordedPagesTests(RecordedConsole recorded) : IClassFixture<RecordedConsole>
{
    [Fact]
    public async Task Study_WithAResult_HasTheReportsTablesAndCharts()
    {
        using var visitor = recorded.NewVisitor();
        var html = WebUtility.HtmlDecode(await visitor.ReadAsync(await FirstAsync(visitor, "/studies", "studies")));
        Assert.Contains("kept = (ported - bare) / (retrained - bare)", html, StringComparison.Ordinal);
        Assert.Contains("mlp@v1, ported (PRT)", html, StringComparison.Ordinal);
        Assert.Matches(@"class=""n hot port heat\d+""", html);
        Assert.DoesNotContain("style=", html, StringComparison.Ordinal);
        Assert.Equal(30, Regex.Count(html, @"class=""cell succeeded"" href="));
    }

    [Fact]
    public async Task Sweep_WithAResult_HasParallelCoordinatesAndItsTrials()
    {
        using var visitor = recorded.NewVisitor();
        var html = await visitor.ReadAsync(await FirstAsync(visitor, "/sweeps", "sweeps"));
        Assert.Equal(4, Regex.Count(html, """<polyline class="trial """));
        Assert.Single(Regex.Matches(html, """class="trial best" """));
        Assert.Contains("Best: trial 1, accuracy.ported 35.00 %.", html, StringComparison.Ordinal);
        // All trials have the same figure, which stands once at its axis.
        Assert.Single(Regex.Matches(html, ">35.00 %</text>"));
        Assert.Contains("Each dot is a measured training run", html, StringComparison.Ordinal);
    }

    /// <summary>Who sees an artifact stands on its page; to share it and to take that back asks first, and others then see whose it is.</summary>
    [Fact]
    public async Task Artifact_SharedAndTakenBack_IsShownToTheOthersMeanwhile()
    {
        using var owner = recorded.NewVisitor();
        using var other = new Visitor(recorded.Url, "elsewhere");
        var page = await FirstAsync(owner, "/models", "artifacts");
        Assert.Contains("Only the tenant default sees it.", await owner.ReadAsync(page), StringComparison.Ordinal);
        await other.ReadAsync(page, HttpStatusCode.NotFound);
        Assert.Contains("There are no named models yet.", await other.ReadAsync("/models"), StringComparison.Ordinal);

        var ask = $"{page}/share?with=all";
        Assert.Contains($"ptune share {Uri.UnescapeDataString(page.Split('/')[^1])} --with all", WebUtility.HtmlDecode(await owner.ReadAsync(ask)), StringComparison.Ordinal);
        using (var shared = await owner.SendAsync(ask, $"{Uri.UnescapeDataString(page)}/share"))
            Assert.Contains("The artifact was shared.", await owner.ReadAsync(shared.Headers.Location!.ToString()), StringComparison.Ordinal);
        Assert.Contains("Shared with all tenants", await owner.ReadAsync(page), StringComparison.Ordinal);
        Assert.Contains("It belongs to the tenant default, which shares it with all tenants.", await other.ReadAsync(page), StringComparison.Ordinal);
        Assert.Matches("<a href=\"/artifacts/[^\"]*\">default/[^<]*</a><small> of default</small>", await other.ReadAsync("/models"));
        Assert.Contains("of default", await other.ReadAsync("/models?kind=artifacts"), StringComparison.Ordinal);
        // It is not the others' to share on.
        await other.ReadAsync($"{page}/share?with=default", HttpStatusCode.NotFound);

        using (var taken = await owner.SendAsync($"{page}/unshare?with=all", $"{Uri.UnescapeDataString(page)}/unshare")) Assert.Equal(HttpStatusCode.SeeOther, taken.StatusCode);
        await other.ReadAsync(page, HttpStatusCode.NotFound);
        using var nobody = await owner.SendAsync($"{page}/share?with=nobody", $"{Uri.UnescapeDataString(page)}/share");
        Assert.Equal(HttpStatusCode.BadRequest, nobody.StatusCode);
        Assert.Contains("There is no other tenant &#x27;nobody&#x27;.", await nobody.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Models_Named_LeadToAnArtifactWithItsFiles()
    {
        using var visitor = recorded.NewVisitor();
        var html = await visitor.ReadAsync(await FirstAsync(visitor, "/models", "artifacts"));
        Assert.Contains("model.safetensors", html, StringComparison.Ordinal);
        Assert.Contains("/v1/artifacts/sha256:", html, StringComparison.Ordinal);
    }

    /// <summary>A reward was made from its source and the source's scores; each is a node that leads to its page.</summary>
    [Fact]
    public async Task Artifact_MadeFromOthers_ShowsItsLineage()
    {
        using var visitor = recorded.NewVisitor();
        var list = await visitor.ReadAsync("/models?kind=artifacts");
        var reward = WebUtility.HtmlDecode(RewardRow().Match(list).Groups[1].Value);
        var html = await visitor.ReadAsync(reward);
        Assert.InRange(Regex.Count(html, "class=\"node "), 2, 60);
        Assert.Contains("node subject reward", html, StringComparison.Ordinal);
        Assert.Contains("class=\"edge\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_AStudyWithItself_GoesBackToTheList()
    {
        using var visitor = recorded.NewVisitor();
        var id = (await FirstAsync(visitor, "/studies", "studies"))["/studies/".Length..];
        using var answer = await visitor.Http.GetAsync($"/studies/compare?a={id}&b={id}");
        Assert.Equal("/studies", answer.Headers.Location!.ToString());
    }

    [Fact]
    public async Task EveryJob_HasAPage()
    {
        using var visitor = recorded.NewVisitor();
        var html = await visitor.ReadAsync("/jobs");
        foreach (Match link in JobLink().Matches(html)) Assert.Contains("Timeline", await visitor.ReadAsync(link.Groups[1].Value), StringComparison.Ordinal);
    }

    private static async Task<string> FirstAsync(Visitor visitor, string list, string kind) =>
        WebUtility.HtmlDecode(Regex.Match(await visitor.ReadAsync(list), $"<th scope=\"row\"><a href=\"(/{kind}/[^\"]+)\"").Groups[1].Value);

    [GeneratedRegex("""<a href="(/artifacts/[^"]+)"><code>[^<]*</code></a></th><td>reward</td>""")]
    private static partial Regex RewardRow();

    [GeneratedRegex("""<th scope="row"><a href="(/jobs/[^"]+)">""")]
    private static partial Regex JobLink();
}
