using System.Net;
using Ptune.Contracts.Jobs;
using Ptune.WebConsole.Frames;
using Ptune.WebConsole.Tests.Support;

namespace Ptune.WebConsole.Tests.Security;

/// <summary>Forms that were not sent from our pages change nothing, and no form or link leads elsewhere.</summary>
public sealed class FormTests(ConsoleServer server)
{
    [Fact]
    public async Task Post_WithoutAToken_IsRefusedAndChangesNothing()
    {
        using var visitor = server.NewVisitor();
        var id = await server.SubmitAsync(visitor.Tenant, "kept", visitor.Tenant);
        foreach (var path in new[] { $"/jobs/{id}/cancel", "/jobs/bulk", "/submit", "/theme", "/tenant", "/tenants", "/tenants/default", "/dead-letters/replay" })
        {
            using var answer = await visitor.Http.PostAsync(path, new FormUrlEncodedContent([KeyValuePair.Create("confirmed", "yes"), KeyValuePair.Create("action", "cancel"), KeyValuePair.Create("id", id)]));
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains("Nothing was done", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        Assert.False((await server.Grains.GetGrain<IJobGrain>(id).Get())!.Status.IsFinal);
    }

    /// <summary>A token belongs to the cookie of the browser that it was given to.</summary>
    [Fact]
    public async Task Post_WithAnotherVisitorsToken_IsRefused()
    {
        using var attacker = server.NewVisitor();
        using var visitor = server.NewVisitor();
        var id = await server.SubmitAsync(visitor.Tenant, "kept", visitor.Tenant);
        await visitor.ReadAsync("/");
        using var answer = await visitor.Http.PostAsync($"/jobs/{id}/cancel", new FormUrlEncodedContent(Visitor.Fields(await attacker.ReadAsync("/submit"), "/submit")));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    public async Task Post_StartedByAnotherSite_IsRefused(string site)
    {
        using var visitor = server.NewVisitor();
        var fields = Visitor.Fields(await visitor.ReadAsync("/submit"), "/theme");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/theme") { Content = new FormUrlEncodedContent(fields) };
        request.Headers.Add("Sec-Fetch-Site", site);
        using var answer = await visitor.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Post_OtherThanAForm_IsRefused()
    {
        using var visitor = server.NewVisitor();
        using var answer = await visitor.Http.PostAsync("/submit", new StringContent("{}", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Theory]
    [InlineData("/jobs", "/jobs")]
    [InlineData("/jobs?status=open&pool=a", "/jobs?status=open&pool=a")]
    [InlineData(null, "/")]
    [InlineData("", "/")]
    [InlineData("jobs", "/")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("\\\\evil.example", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("/jobs\r\nSet-Cookie: a=b", "/")]
    public void LocalPath_OfAnything_IsAPathOfThisServer(string? path, string expected) => Assert.Equal(expected, LocalPath.Of(path));

    [Fact]
    public async Task Redirects_ToElsewhere_StayHere()
    {
        using var visitor = server.NewVisitor();
        await server.SubmitAsync(visitor.Tenant, "one", visitor.Tenant);
        using var bulk = await visitor.SendAsync("/jobs", "/jobs/bulk", ("action", "none"));
        Assert.Equal("/jobs", bulk.Headers.Location!.ToString());
        var fields = Visitor.Fields(await visitor.ReadAsync("/jobs"), "/jobs/bulk").Where(f => f.Key != "back").Append(KeyValuePair.Create("back", "//evil.example"));
        using var back = await visitor.Http.PostAsync("/jobs/bulk", new FormUrlEncodedContent(fields));
        Assert.Equal("/", back.Headers.Location!.ToString());

        visitor.Http.DefaultRequestHeaders.Referrer = new Uri("https://evil.example/page");
        using var theme = await visitor.SendAsync("/submit", "/theme");
        Assert.Equal("/", theme.Headers.Location!.ToString());
        using var find = await visitor.Http.GetAsync($"/find?q={Uri.EscapeDataString("//evil.example")}");
        Assert.StartsWith("/jobs?name=", find.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dark\r\nSet-Cookie: admin=1")]
    [InlineData("dark; Domain=evil.example")]
    [InlineData("\"><script>alert(1)</script>")]
    public async Task Theme_OfAnyText_SetsOnlyWhatThereIs(string theme)
    {
        using var visitor = server.NewVisitor();
        var fields = Visitor.Fields(await visitor.ReadAsync("/submit"), "/theme").Where(f => f.Key != "theme").Append(KeyValuePair.Create("theme", theme));
        using var answer = await visitor.Http.PostAsync("/theme", new FormUrlEncodedContent(fields));
        Assert.StartsWith("ptune-theme=auto;", Assert.Single(answer.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/submit");
        request.Headers.Add("Cookie", $"ptune-theme={Uri.EscapeDataString(theme)}");
        using var page = await visitor.Http.SendAsync(request);
        Assert.Contains("data-theme=\"auto\"", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
