using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Ptune.Contracts.Audit;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;
using Ptune.Silo.Tests.Support;

namespace Ptune.Silo.Tests.Http;

public sealed class AuditTests(RunningServer running)
{
    [Fact]
    public async Task List_ChangesOfATenant_AreFilteredAndPaged()
    {
        using var client = running.NewTenant();
        var job = await client.PostAsync<JobView>(Routes.Jobs, Specs.NoOp("a", "idle"));
        await client.PostAsync<JobView>($"/v1/jobs/{job.JobId}/suspend");
        await client.PostAsync<JobView>($"/v1/jobs/{job.JobId}/cancel");

        var rows = await ListAsync(client);
        Assert.Equal(["job.cancel", "job.suspend", "job.submit"], rows.Select(r => r.What));
        Assert.All(rows, r => Assert.Equal(("local", "admin", "127.0.0.1", job.JobId, client.Tenant), (r.Who, r.Role, r.From, r.Target, r.Chain)));
        Assert.Equal(3, rows.Select(r => r.RequestId).Distinct().Count());
        Assert.Equal(["job.cancel"], (await ListAsync(client, "&what=cancel&who=LOCAL&since=1h")).Select(r => r.What));
        Assert.Equal(3, (await ListAsync(client, "&what=job")).Length);
        Assert.Empty(await ListAsync(client, "&who=alice"));
        Assert.Empty(await ListAsync(client, "&until=2026-01-01"));

        using var first = await client.GetAsync($"{Routes.Audit}?chain={client.Tenant}&limit=2");
        var next = Assert.Single(first.Headers.GetValues(Routes.NextHeader));
        var last = await ListAsync(client, $"&limit=2&after={next}");
        Assert.Equal(["job.submit"], last.Select(r => r.What));
        // The same place in the listing of all chains.
        Assert.Equal(last[0], (await client.GetAsync<AuditRow[]>($"{Routes.Audit}?limit=1000&after={next}")).First(r => r.Chain == client.Tenant));
    }

    [Fact]
    public async Task List_WrongParameters_AreNamed()
    {
        using var client = running.NewTenant();
        Assert.Contains("not a time", (string)(await Problem.ReadAsync(await client.GetAsync($"{Routes.Audit}?since=yesterday"), HttpStatusCode.BadRequest))["detail"]!, StringComparison.Ordinal);
        Assert.Contains("not a place", (string)(await Problem.ReadAsync(await client.GetAsync($"{Routes.Audit}?after=7"), HttpStatusCode.BadRequest))["detail"]!, StringComparison.Ordinal);
        await Problem.ReadAsync(await client.GetAsync($"{Routes.Audit}?chain=No_Chain"), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Refused_Requests_AreCountedInOneRow()
    {
        using var client = running.NewTenant();
        await client.PostAsync<JobView>(Routes.Jobs, Specs.NoOp("a", "idle"));
        for (var i = 0; i < 20; i++) await client.PostAsync("/v1/jobs/0123/cancel");
        // What somebody else's look has written a moment ago is a row of its own.
        var refused = new List<AuditRow>();
        while (refused.Sum(r => r.Count) < 20) refused = [.. await ListAsync(client, "&what=refuse")];
        Assert.Equal(20, refused.Sum(r => r.Count));
        Assert.InRange(refused.Count, 1, 5);
        Assert.All(refused, r => Assert.Equal(("POST /v1/jobs/0123/cancel", "404", AuditOutcome.Refused), (r.Target, r.After, r.Outcome)));
    }

    [Fact]
    public async Task UploadAndStore_Changes_AreOneLineEachWithTheirOutcome()
    {
        using var client = running.NewTenant();
        var sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("abc"u8));
        using var body = new ByteArrayContent("abc"u8.ToArray());
        Assert.Equal(HttpStatusCode.OK, (await client.Http.PutAsync($"/v1/uploads/{sha256}", body)).StatusCode);
        var row = Assert.Single(await ListAsync(client));
        Assert.Equal(("upload.put", sha256, "3 bytes", AuditOutcome.Done), (row.What, row.Target, row.After, row.Outcome));

        // The bytes are not those of the digest.
        using var other = new ByteArrayContent("abd"u8.ToArray());
        Assert.NotEqual(HttpStatusCode.OK, (await client.Http.PutAsync($"/v1/uploads/{sha256[..^1]}{(sha256[^1] == '0' ? '1' : '0')}", other)).StatusCode);
        Assert.Equal([AuditOutcome.Failed, AuditOutcome.Done], (await ListAsync(client, "&what=upload")).Select(r => r.Outcome));

        Assert.Equal(HttpStatusCode.OK, (await client.PostAsync(Routes.StoreCollection)).StatusCode);
        Assert.Contains(await client.GetAsync<AuditRow[]>($"{Routes.Audit}?chain=system&what=store.gc"), r => r.Who == "local");
    }

    [Fact]
    public async Task Verify_WholeThenTampered_NamesTheFirstBrokenRow()
    {
        using var client = running.NewTenant();
        for (var seed = 1; seed <= 4; seed++) await client.PostAsync<JobView>(Routes.Jobs, Specs.NoOp("a", "idle", seed));
        var whole = await VerifyAsync(client);
        Assert.Equal((true, 1, 4, 4), (whole.IsWhole, whole.Start, whole.Rows, whole.Head));

        Assert.Equal("row 2 was changed: its text has another digest than was stored with it", (await TamperAsync(client, "UPDATE audit SET text = replace(text, 'local', 'mallo') WHERE chain = $chain AND sequence = 2"))!.Problem);
        await TamperAsync(client, "UPDATE audit SET text = replace(text, 'mallo', 'local') WHERE chain = $chain AND sequence = 2");
        Assert.True((await VerifyAsync(client)).IsWhole);

        // The end is cut off: the head knows better.
        var cut = await TamperAsync(client, "DELETE FROM audit WHERE chain = $chain AND sequence >= 4");
        Assert.Equal((4, "rows 4 to 4 are missing at the end"), (cut!.BrokenAt, cut.Problem));
        Assert.Equal((2, "row 2 is missing"), (await TamperAsync(client, "DELETE FROM audit WHERE chain = $chain AND sequence = 2") is var gap ? (gap!.BrokenAt, gap.Problem) : default));
        Assert.Equal(1, (await TamperAsync(client, "DELETE FROM audit WHERE chain = $chain"))!.BrokenAt);
        Assert.Contains(client.Tenant, (await client.GetAsync<AuditVerification[]>(Routes.AuditVerify)).Where(v => !v.IsWhole).Select(v => v.Chain));
    }

    [Fact]
    public async Task Export_Lines_HashToTheirDigests()
    {
        using var client = running.NewTenant();
        for (var seed = 1; seed <= 3; seed++) await client.PostAsync<JobView>(Routes.Jobs, Specs.NoOp("a", "idle", seed));
        using var answer = await client.GetAsync($"{Routes.AuditExport}?chain={client.Tenant}");
        var lines = (await answer.Content.ReadAsStringAsync()).TrimEnd().Split('\n');
        Assert.Equal(3, lines.Length);
        var previous = "";
        foreach (var line in lines)
        {
            var node = JsonNode.Parse(line)!;
            var text = line[(line.IndexOf("\"row\":", StringComparison.Ordinal) + 6)..^1];
            Assert.Equal((string)node["digest"]!, AuditText.DigestOf(text));
            Assert.Equal(previous, (string)node["row"]!["previous"]!);
            previous = (string)node["digest"]!;
        }
    }

    private static Task<AuditRow[]> ListAsync(TenantClient client, string query = "") => client.GetAsync<AuditRow[]>($"{Routes.Audit}?chain={client.Tenant}{query}");

    private static async Task<AuditVerification> VerifyAsync(TenantClient client) => Assert.Single(await client.GetAsync<AuditVerification[]>($"{Routes.AuditVerify}?chain={client.Tenant}"));

    /// <summary>Changes the store behind the server's back.</summary>
    private async Task<AuditVerification> TamperAsync(TenantClient client, string statement)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(running.Store, "store.db")};Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The test's own text.
        command.CommandText = statement;
#pragma warning restore CA2100
        command.Parameters.AddWithValue("$chain", client.Tenant);
        Assert.NotEqual(0, await command.ExecuteNonQueryAsync());
        return await VerifyAsync(client);
    }
}
