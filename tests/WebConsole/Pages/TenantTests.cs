using System.Net;
using Ptune.Contracts.Identity;
using Ptune.WebConsole.Figures;
using Ptune.WebConsole.Tests.Support;

namespace Ptune.WebConsole.Tests.Pages;

/// <summary>The pages of tenants: shown, made and changed.</summary>
public sealed class TenantTests(ConsoleServer server)
{
    private ITenantsGrain Tenants => server.Grains.GetGrain<ITenantsGrain>(ITenantsGrain.Key);

    [Fact]
    public async Task Create_NewName_IsShownWithItsCommand()
    {
        using var visitor = server.NewVisitor();
        using var made = await visitor.SendAsync("/tenants", "/tenants", ("name", visitor.Tenant));
        Assert.Equal($"/tenants/{visitor.Tenant}?done=create", made.Headers.Location!.ToString());
        Assert.Contains($"ptune tenants create {visitor.Tenant}", await visitor.ReadAsync(made.Headers.Location.ToString()), StringComparison.Ordinal);

        foreach (var (name, why) in new[] { (visitor.Tenant, "already"), ("<b>No</b>", "not a valid tenant name") })
        {
            using var refused = await visitor.SendAsync("/tenants", "/tenants", ("name", name));
            var html = await refused.Content.ReadAsStringAsync();
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            Assert.Contains(why, html, StringComparison.Ordinal);
            Assert.Contains($"value=\"{WebUtility.HtmlEncode(name)}\"", html, StringComparison.Ordinal);
            Assert.DoesNotContain("<b>No", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Change_MoreThanBefore_IsDoneAtOnceAndLessAsksFirst()
    {
        using var visitor = await NewTenantAsync(new TenantSettings(Budget: 10));
        var page = $"/tenants/{visitor.Tenant}";
        using (var more = await visitor.SendAsync(page, page, Fields(budget: "20", weight: "2"))) Assert.Equal($"{page}?done=set", more.Headers.Location!.ToString());
        Assert.Equal(new TenantSettings(2, Budget: 20), (await FindAsync(visitor)).Settings);

        using var less = await visitor.SendAsync(page, page, Fields(budget: "5", weight: "2", pools: "gpu, cpu"));
        var asked = await less.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, less.StatusCode);
        foreach (var line in new[] { "budget: 20 becomes 5", "pools: all becomes gpu, cpu", $"ptune tenants set {visitor.Tenant} --weight 2 --max-running 0 --max-queued 0 --budget 5 --pool &#x27;gpu&#x27; --pool &#x27;cpu&#x27; --model all --licence all" })
            Assert.Contains(line, asked, StringComparison.Ordinal);
        Assert.Equal(20, (await FindAsync(visitor)).Settings.Budget);

        using var done = await visitor.Http.PostAsync(page, new FormUrlEncodedContent(Visitor.Fields(asked, page)));
        Assert.Equal(HttpStatusCode.SeeOther, done.StatusCode);
        var settings = (await FindAsync(visitor)).Settings;
        Assert.Equal((2, 5.0), (settings.Weight, settings.Budget!.Value));
        Assert.Equal(["gpu", "cpu"], settings.Pools!);
    }

    [Theory]
    [InlineData("much", "all", "Budget is 'much'; write a number, or nothing for no limit.")]
    [InlineData("-1", "all", "budget must be between 0")]
    [InlineData("5", "", "Pools is empty")]
    [InlineData("5", "all, gpu", "pools has the entry 'all', which stands for a whole list")]
    [InlineData("5", "gpu, a b", "'a b' is not a valid pool name.")]
    public async Task Change_ThatCannotBeRead_KeepsWhatWasTyped(string budget, string pools, string why)
    {
        using var visitor = await NewTenantAsync(new TenantSettings(Budget: 10));
        var page = $"/tenants/{visitor.Tenant}";
        using var refused = await visitor.SendAsync(page, page, [.. Fields(budget, pools: pools, weight: "7"), ("confirmed", "yes")]);
        var html = WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        foreach (var part in new[] { why, $"name=\"budget\" value=\"{budget}\"", "name=\"weight\" value=\"7\"" }) Assert.Contains(part, html, StringComparison.Ordinal);
        Assert.Equal(new TenantSettings(Budget: 10), (await FindAsync(visitor)).Settings);
    }

    [Fact]
    public async Task Change_OfWhatAnotherHasChanged_IsRefused()
    {
        using var visitor = await NewTenantAsync(new TenantSettings(Budget: 10));
        var page = $"/tenants/{visitor.Tenant}";
        var fields = Visitor.Fields(await visitor.ReadAsync(page), page).ToArray();
        await Tenants.Set(visitor.Tenant, new TenantSettings(Budget: 30), "another");
        using var refused = await visitor.Http.PostAsync(page, new FormUrlEncodedContent([.. fields, .. Fields(budget: "40").Select(f => KeyValuePair.Create(f.Name, f.Value))]));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("another has changed the tenant", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(30, (await FindAsync(visitor)).Settings.Budget);
    }

    [Fact]
    public async Task List_MoreThanAPage_LeadsToTheRestAndToEachOnesJobs()
    {
        using var visitor = server.NewVisitor();
        var prefix = $"zz{Guid.NewGuid():n}"[..20];
        await Task.WhenAll(Enumerable.Range(0, 53).Select(i => Tenants.Create($"{prefix}-{i:d2}", new TenantSettings(), "boss")));
        var html = await visitor.ReadAsync($"/tenants?after={prefix}");
        Assert.Contains($"/tenants?after={prefix}-49", html, StringComparison.Ordinal);
        Assert.DoesNotContain($"{prefix}-50", html, StringComparison.Ordinal);
        Assert.Contains($"{prefix}-52", await visitor.ReadAsync($"/tenants?after={prefix}-49"), StringComparison.Ordinal);

        var one = await visitor.ReadAsync($"/tenants/{prefix}-07");
        foreach (var field in new[] { $"name=\"tenant\" value=\"{prefix}-07\"", "name=\"to\" value=\"/jobs\"" }) Assert.Contains(field, one, StringComparison.Ordinal);
        using var jobs = await visitor.SendAsync($"/tenants/{prefix}-07", "/tenant", ("tenant", $"{prefix}-07"), ("to", "/jobs"));
        Assert.Equal("/jobs", jobs.Headers.Location!.ToString());
        Assert.Contains(jobs.Headers.GetValues("Set-Cookie"), cookie => cookie.Contains($"{prefix}-07", StringComparison.Ordinal));
        await visitor.ReadAsync("/tenants/no-such-tenant", HttpStatusCode.NotFound);
    }

    [Fact]
    public void Takes_Limits_IsWhateverAllowsLess()
    {
        var some = new TenantSettings(1, 4, 10, ["gpu"], null, null, 100);
        Assert.False(TenantForm.Takes(some, some with { Weight = 0.5, MaxRunning = null, MaxQueued = 11, Budget = null, Pools = null }));
        foreach (var less in new[] { some with { MaxRunning = 3 }, some with { MaxQueued = 9 }, some with { Budget = 99 }, some with { Pools = [] }, some with { Models = ["vit"] }, some with { Licences = ["mit"] } })
            Assert.True(TenantForm.Takes(some, less), less.ToString());
    }

    private static (string Name, string Value)[] Fields(string budget, string weight = "1", string pools = "all") =>
        [("weight", weight), ("maxRunning", ""), ("maxQueued", ""), ("budget", budget), ("pools", pools), ("models", "all"), ("licences", "all")];

    private async Task<Visitor> NewTenantAsync(TenantSettings settings)
    {
        var visitor = server.NewVisitor();
        Assert.NotNull(await Tenants.Create(visitor.Tenant, settings, "boss"));
        return visitor;
    }

    private async Task<TenantView> FindAsync(Visitor visitor) => (await Tenants.All()).First(tenant => tenant.Name == visitor.Tenant);
}
