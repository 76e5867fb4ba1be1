using System.Net;
using System.Text.Json;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Stores;
using Ptune.Silo.Tests.Support;

namespace Ptune.Silo.Tests.Http;

/// <summary>Listings come in pages, and say how long they are.</summary>
public sealed class PageTests(RunningServer running)
{
    [Fact]
    public async Task List_PageAfterPage_HasEveryRowOnceInOrder()
    {
        using var client = running.NewTenant();
        var submitted = new HashSet<string>();
        for (var i = 0; i < 5; i++) submitted.Add((await client.PostAsync<JobView>($"{Routes.Jobs}?fresh=true", Specs.NoOp($"row-{i}", "idle"))).JobId);
        var all = await client.GetAsync<JobRow[]>(Routes.Jobs);

        var seen = new List<string>();
        foreach (var left in new[] { 5, 3, 1 })
        {
            var after = seen.Count == 0 ? "" : $"&after={seen[^1]}";
            using var response = await client.GetAsync($"{Routes.Jobs}?limit=2{after}");
            Assert.Equal([$"{left}"], response.Headers.GetValues(Routes.TotalHeader));
            seen.AddRange(JsonSerializer.Deserialize<JobRow[]>(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), SpecJson.Options)!.Select(r => r.JobId));
        }
        Assert.Equal(all.Select(r => r.JobId), seen);
        Assert.Equal(submitted, [.. seen]);
        // A row of another kind has a place in the same order.
        Assert.Empty(await client.GetAsync<JobRow[]>($"{Routes.Studies}?after={seen[0]}"));
    }

    [Theory]
    [InlineData("/v1/jobs?after=default.00000000000000000000000000000000")]
    [InlineData("/v1/artifacts?after=sha256:00")]
    public async Task List_AfterARowThatIsNotThere_IsNotFound(string path)
    {
        using var client = running.NewTenant();
        using var response = await client.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }
}
