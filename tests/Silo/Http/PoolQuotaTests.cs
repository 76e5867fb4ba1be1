using System.Net;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;
using Ptune.Fixtures;
using Ptune.Silo.Tests.Support;

namespace Ptune.Silo.Tests.Http;

/// <summary>How many pools a tenant may make, and that none of those is missing in the metrics.</summary>
public sealed class PoolQuotaTests(RunningServer running)
{
    private const int Most = 64;
    private const int Tenants = 3;

    // OpenTelemetry's own limit of series; each pool has eleven of ptune_pool_waits.
    private const int UsualLimit = 2_000;

    [Fact]
    public async Task Submit_ToManyPools_IsBoundedAndEachIsInTheMetrics()
    {
        var jobs = new List<(TenantClient Client, JobView Job)>();
        for (var tenant = 0; tenant < Tenants; tenant++)
        {
            var client = running.NewTenant();
            for (var pool = 0; pool < Most; pool++) jobs.Add((client, await client.PostAsync<JobView>(Routes.Jobs, Specs.NoOp("a", $"{client.Tenant}-{pool}"))));
            var refusal = await Problem.ReadAsync(await client.PostAsync(Routes.Jobs, Specs.NoOp("a", $"{client.Tenant}-more")), HttpStatusCode.TooManyRequests);
            Assert.Contains($"has jobs in {Most} pools, as many as it may", (string?)refusal["detail"], StringComparison.Ordinal);
            await client.PostAsync<JobView>(Routes.Jobs, Specs.NoOp("a", $"{client.Tenant}-0", seed: 2));
        }
        Assert.True(jobs.Count * 11 > UsualLimit);

        await Eventually.ValueAsync("every pool is sampled", () => jobs[0].Client.Http.GetStringAsync("/metrics"), text =>
            jobs.All(j => text.Contains($"pool=\"{j.Job.Pool}\",rule=\"noWorker\"", StringComparison.Ordinal)) && !text.Contains("otel_metric_overflow", StringComparison.Ordinal));
        foreach (var (client, job) in jobs) await client.PostAsync<JobView>($"/v1/jobs/{job.JobId}/cancel");
        foreach (var client in jobs.Select(j => j.Client).Distinct()) client.Dispose();
    }
}
