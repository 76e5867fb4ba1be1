using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Ptune.Contracts.Audit;
using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;
using Ptune.Fixtures;
using Ptune.Silo.Tests.Support;

namespace Ptune.Silo.Tests.Security;

/// <summary>The system's chain of the audit trail: what belongs to no tenant, written with a server or without one.</summary>
public sealed class SystemChainTests
{
    [Fact]
    public async Task KeyMadeOffline_IsInTheTrail()
    {
        using var folder = new TemporaryFolder();
        var (code, output) = await SiloProcess.RunAsync(folder.Location, null, "keys", "create", "--role", "admin", "--name", "first");
        Assert.True(code == 0, output);
        await using var server = new StoreServer(folder.PathOf("store"));
        await server.InitializeAsync();
        using var admin = server.Client(output.Split('\n').Single(line => line.Length > 40 && line[8] == '.').Trim());

        var rows = await RowsAsync(admin, "?chain=system&what=key.create");
        // One line, although the chain has a row of the begin and one of the end.
        Assert.Equal(AuditOutcome.Done, Assert.Single(rows).Outcome);
        Assert.All(rows, row => Assert.Equal(("offline", "first", "admin of all tenants, does not expire", $"{Environment.UserName}@{Environment.MachineName}"), (row.Who, row.Target, row.After, row.From)));
        var whole = (await admin.GetFromJsonAsync<AuditVerification[]>($"{Routes.AuditVerify}?chain=system", SpecJson.Options))!.Single();
        Assert.True(whole.IsWhole && whole.Rows >= 2, whole.Problem);
    }

    [Fact]
    public async Task TenantNamedSystem_IsRefused_AndOneOfAnOlderStoreHasItsOwnChain()
    {
        await using var server = new AccessServer();
        await server.InitializeAsync();
        using var admin = await server.ClientAsync(Role.Admin, "*");
        var problem = await Problem.ReadAsync(await admin.PostAsJsonAsync(Routes.Tenants, new TenantRequest("system"), SpecJson.Options), HttpStatusCode.BadRequest);
        Assert.Contains("'system' is reserved", (string?)problem["detail"], StringComparison.Ordinal);

        await server.Services.GetRequiredService<IGrainFactory>().GetGrain<ITenantsGrain>(ITenantsGrain.Key).Create("system", new TenantSettings(), "test");
        using var owner = await server.ClientAsync(Role.Operator, "system");
        using var submitted = await owner.PostAsync(Routes.Jobs, new StringContent(Specs.NoOp("a", "idle"), System.Text.Encoding.UTF8, Routes.Yaml));
        Assert.Equal(HttpStatusCode.Accepted, submitted.StatusCode);
        Assert.All(await RowsAsync(owner, "?chain=system&what=job"), row => Assert.Equal(("system", "job.submit"), (row.Chain, row.What)));
        Assert.All(await RowsAsync(admin, "?chain=system"), row => Assert.Equal(AuditChains.System, row.Chain));
        Assert.Contains(await RowsAsync(admin, ""), row => row is { Chain: "system", What: "job.submit" });
    }

    [Fact]
    public async Task ChangeThatIsMade_AndOneThatIsNot_AreALineEach_AndTwoRowsOfTheExport()
    {
        await using var server = new AccessServer();
        await server.InitializeAsync();
        using var admin = await server.ClientAsync(Role.Admin, "*");
        for (var i = 0; i < 2; i++) (await admin.PostAsJsonAsync(Routes.Tenants, new TenantRequest("red"), SpecJson.Options)).Dispose();
        var rows = await RowsAsync(admin, "?chain=system&what=tenant.create");
        Assert.Equal([(AuditOutcome.Failed, "nothing was changed"), (AuditOutcome.Done, rows[1].After)], rows.Select(row => (row.Outcome, row.After)));
        // Wherever a page ends, each is listed once.
        using var page = await admin.GetAsync($"{Routes.Audit}?chain=system&what=tenant.create&limit=1");
        Assert.Equal(rows[1..], await RowsAsync(admin, $"?chain=system&what=tenant.create&after={page.Headers.GetValues(Routes.NextHeader).Single()}"));
        var lines = (await admin.GetStringAsync($"{Routes.AuditExport}?chain=system")).TrimEnd().Split('\n').Select(line => JsonNode.Parse(line)!["row"]!).Where(row => (string?)row["what"] == "tenant.create");
        Assert.Equal(["begun", "done", "begun", "failed"], lines.Select(row => (string?)row["outcome"]));
    }

    private static async Task<AuditRow[]> RowsAsync(HttpClient client, string query)
    {
        var rows = (await client.GetFromJsonAsync<AuditRow[]>(Routes.Audit + query, SpecJson.Options))!;
        Assert.NotEmpty(rows);
        return rows;
    }

    /// <summary>A server on a store that there is already.</summary>
    private sealed class StoreServer(string store) : AccessServer
    {
        protected override Dictionary<string, string?> Settings => new() { ["Storage:Folder"] = store };
    }
}
