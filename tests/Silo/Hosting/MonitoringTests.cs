using System.Text.Json.Nodes;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;
using Ptune.Fixtures;
using Ptune.Silo.Tests.Support;

namespace Ptune.Silo.Tests.Hosting;

public sealed class MonitoringTests(RunningServer running)
{
    [Fact]
    public async Task Metrics_AfterAJob_HaveOurNamesAndTheOthers()
    {
        using var client = running.NewTenant();
        var job = await client.PostAsync<JobView>(Routes.Jobs, Specs.NoOp("a", "measured"));
        await client.PostAsync<JobView>($"/v1/jobs/{job.JobId}/cancel");
        await client.PostAsync<JobView>(Routes.Jobs, Specs.NoOp("a", "measured", seed: 2));
        var text = await Eventually.ValueAsync(
            "the pool is sampled", () => client.Http.GetStringAsync("/metrics"), t => Value(t, "ptune_pool_jobs", "pool=\"measured\"", "state=\"queued\"") == "1");
        Assert.Equal("0", Value(text, "ptune_pool_jobs", "pool=\"measured\"", "state=\"leased\""));
        Assert.Equal("1", Value(text, "ptune_pool_waits", "pool=\"measured\"", "rule=\"noWorker\""));
        Assert.Equal("0", Value(text, "ptune_pool_waits", "pool=\"measured\"", "rule=\"quota\""));
        Assert.Equal("1", Value(text, "ptune_pool_tenant_jobs", "pool=\"measured\"", $"tenant=\"{client.Tenant}\"", "state=\"queued\""));
        Assert.NotNull(Value(text, "ptune_jobs_finished_total", "kind=\"NoOp\"", "status=\"cancelled\""));
        Assert.Equal("1", Value(text, "ptune_build_info", "version=", "mode=\"embedded\""));
        Assert.Contains("\norleans_", text, StringComparison.Ordinal);
        Assert.Contains("\nhttp_server_request_duration_seconds_bucket", text, StringComparison.Ordinal);
        Assert.Contains("\ndotnet_gc_", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/plain; version=0.0.4")]
    [InlineData("application/openmetrics-text; version=1.0.0")]
    public async Task Metrics_InEitherFormat_AreOnePageWithItsEndAtTheEnd(string format)
    {
        using var client = running.NewTenant();
        client.Http.DefaultRequestHeaders.Accept.ParseAdd(format);
        var text = await client.Http.GetStringAsync("/metrics");
        var end = text.IndexOf("# EOF\n", StringComparison.Ordinal);
        Assert.True(end < 0 || end == text.Length - "# EOF\n".Length, "Something stands behind the end.");
        Assert.Single(text.Split('\n'), "# TYPE ptune_pool_jobs gauge");
        Assert.Contains("\norleans_", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ready_NamesSiloStorageAndBus()
    {
        using var client = running.NewTenant();
        var answer = JsonNode.Parse(await client.Http.GetStringAsync("/health/ready"))!;
        Assert.Equal("healthy", (string?)answer["status"]);
        Assert.True((bool)answer["acceptsJobs"]!);
        Assert.Equal(["messaging", "silo", "storage"], answer["checks"]!.AsObject().Select(c => c.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Dashboard_IsServed()
    {
        using var client = running.NewTenant();
        Assert.Contains("<html", await client.Http.GetStringAsync("/dashboard/"), StringComparison.OrdinalIgnoreCase);
    }

    private static string? Value(string text, string name, params string[] labels) => text.Split('\n')
        .FirstOrDefault(l => l.StartsWith(name + "{", StringComparison.Ordinal) && labels.All(label => l.Contains(label, StringComparison.Ordinal)))?
        .Split(' ')[1];
}
