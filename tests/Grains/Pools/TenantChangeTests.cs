using Ptune.Grains.Hosting;

namespace Ptune.Grains.Tests.Pools;

/// <summary>A tenant's quota changes while its pool stands.</summary>
public sealed class TenantChangeTests
{
    [Fact]
    public void Tidy_NewQuota_HoldsFromThenOn()
    {
        var options = new JobsOptions();
        var pool = new Grains.Pools.PoolScheduler("default", new Grains.Pools.Policies.SchedulingRules(options)).Fill(
            Queued.Job("1", tenant: "a"), Queued.Job("2", tenant: "a"), Queued.Job("3", tenant: "a"), Queued.Job("4", tenant: "a"));
        Assert.NotNull(pool.Take(Queued.Ask(), Sample.Noon));

        options.Tenants = new() { ["a"] = new TenantOptions { MaxRunning = 2 } };
        pool.Tidy(Sample.Noon);
        Assert.NotNull(pool.PermitOf(pool.Take(Queued.Ask(), Sample.Noon)!.JobId));
        Assert.Null(pool.Take(Queued.Ask(), Sample.Noon));

        options.Tenants = new() { ["a"] = new TenantOptions { MaxRunning = 1 } };
        pool.Tidy(Sample.Noon);
        pool.Remove("1", Sample.Noon);
        Assert.Null(pool.Take(Queued.Ask(), Sample.Noon));
        pool.Remove("2", Sample.Noon);
        Assert.NotNull(pool.Take(Queued.Ask(), Sample.Noon));

        options.Tenants = [];
        pool.Tidy(Sample.Noon);
        Assert.NotNull(pool.Take(Queued.Ask(), Sample.Noon));
    }
}
