using CsCheck;
using Ptune.Contracts.Pools;
using Ptune.Contracts.Specs;
using Ptune.Grains.Hosting;

namespace Ptune.Grains.Tests.Pools.Selection;

/// <summary>The rules that hold for every queue, tried on many.</summary>
public sealed class OrderTests
{
    private const int Window = 4;
    private const int Overtakes = 3;

    [Fact]
    public void Take_ColdWorker_NoPriorityIsInverted() => Queued.Some.Sample(jobs =>
    {
        var priorities = Pool(jobs).Drain(Queued.Ask()).Select(j => j.Priority).ToArray();
        Assert.Equal(priorities.OrderDescending(), priorities);
    });

    [Fact]
    public void Take_WarmWorker_NoPriorityIsInverted() => Queued.Some.Sample(jobs =>
    {
        var priorities = Pool(jobs).Drain(Queued.Ask(warm: ["a", "b"])).Select(j => j.Priority).ToArray();
        Assert.Equal(priorities.OrderDescending(), priorities);
    });

    [Fact]
    public void Take_ColdWorker_IsFirstComeFirstServedWithinEquals() => Queued.Some.Sample(jobs =>
        Assert.All(
            Pool(jobs).Drain(Queued.Ask()).GroupBy(j => (j.Tenant, j.Priority)),
            equals => Assert.Equal(equals.OrderBy(j => j.Created).ThenBy(j => j.JobId, StringComparer.Ordinal), equals)));

    [Fact]
    public void Take_AnyWorker_LosesAndDoublesNone() => Queued.Some.Sample(jobs =>
    {
        var pool = Pool(jobs);
        Assert.Equal(jobs.Select(j => j.JobId).Order(), pool.Drain(Queued.Ask(warm: ["b"])).Select(j => j.JobId).Order());
        Assert.Equal((0, 0), (pool.Queued, pool.Leased));
    });

    [Fact]
    public void Take_EqualQueues_GiveTheSameOrderHoweverTheyWereFilled() => Gen.Select(Queued.Some, Gen.Int).Sample((jobs, seed) =>
    {
        var shuffled = jobs.ToArray();
        new Random(seed).Shuffle(shuffled);
        Assert.Equal(Pool(jobs).Drain(Queued.Ask(warm: ["a"])).Select(j => j.JobId), Pool(shuffled).Drain(Queued.Ask(warm: ["a"])).Select(j => j.JobId));
    });

    [Fact]
    public void Take_WarmWorker_OvertakesTheOldestNoMoreThanAllowed()
    {
        var pool = Pool(Queued.Job("old", second: 0, models: "cold"));
        for (var i = 1; i <= Overtakes; i++)
        {
            pool.Enqueue(Queued.Job($"hot{i}", second: i, models: "hot"));
            Assert.Equal($"hot{i}", pool.Take(Queued.Ask(warm: "hot"), Sample.Noon)!.JobId);
        }
        pool.Enqueue(Queued.Job("hot9", second: 9, models: "hot"));
        Assert.Equal("old", pool.Take(Queued.Ask(warm: "hot"), Sample.Noon)!.JobId);
    }

    [Fact]
    public void Take_TenantsWithWeights_AreServedByThem()
    {
        var pool = Queued.Pool(o => o.Tenants["big"] = new TenantOptions { Weight = 3 });
        for (var i = 0; i < 40; i++) pool.Fill(Queued.Job($"b{i:00}", second: i, tenant: "big"), Queued.Job($"s{i:00}", second: i, tenant: "small"));
        Assert.Equal(15, Enumerable.Range(0, 20).Count(_ => pool.Take(Queued.Ask(), Sample.Noon)!.Tenant == "big"));
    }

    [Fact]
    public void Take_TenantHasAnyQuotas_NeverRunsMore() => Gen.Select(Queued.Some, Gen.Int[1, 3], Gen.Int).Sample((jobs, most, seed) =>
    {
        var random = new Random(seed);
        var pool = Queued.Pool(o => o.Tenants["a"] = new TenantOptions { MaxRunning = most }).Fill(jobs);
        var running = new List<QueuedJob>();
        for (var step = 0; step < 100; step++)
        {
            if (running.Count > 0 && random.Next(3) == 0)
            {
                pool.Remove(running[0].JobId, Sample.Noon);
                running.RemoveAt(0);
            }
            else if (pool.Take(Queued.Ask($"w{step}"), Sample.Noon) is { } job) running.Add(job);
            Assert.InRange(running.Count(j => j.Tenant == "a"), 0, most);
        }
    });

    [Fact]
    public void Take_QuotaFull_OthersGoOnAndItWaits()
    {
        var pool = Queued.Pool(o => o.Tenants["a"] = new TenantOptions { MaxRunning = 1 })
            .Fill(Queued.Job("a1", 500, tenant: "a"), Queued.Job("a2", 500, tenant: "a"), Queued.Job("b1", 1, tenant: "b"));
        Assert.Equal(["a1", "b1"], [pool.Take(Queued.Ask("1"), Sample.Noon)!.JobId, pool.Take(Queued.Ask("2"), Sample.Noon)!.JobId]);
        Assert.Null(pool.Take(Queued.Ask("3"), Sample.Noon));
        pool.Remove("a1", Sample.Noon);
        Assert.Equal("a2", pool.Take(Queued.Ask("3"), Sample.Noon)!.JobId);
    }

    [Fact]
    public void Take_LeaseRefused_FreesTheQuota()
    {
        var pool = Queued.Pool(o => o.Tenants["a"] = new TenantOptions { MaxRunning = 1 }).Fill(Queued.Job("1", tenant: "a"), Queued.Job("2", tenant: "a"));
        pool.Refused(pool.Take(Queued.Ask(), Sample.Noon)!.JobId);
        Assert.Equal("2", pool.Take(Queued.Ask(), Sample.Noon)!.JobId);
    }

    [Fact]
    public void Take_StreamOfHigherJobsWithinTheBound_DoesNotStarveTheLow()
    {
        var pool = Queued.Pool().Fill(Queued.Job("low", priority: 20));
        var now = Sample.Noon;
        for (var i = 0; i < 10_000; i++, now += TimeSpan.FromMinutes(1))
        {
            pool.Enqueue(new QueuedJob($"high{i:00000}", "default", 110, now, []));
            if (pool.Take(Queued.Ask(), now)!.JobId == "low") break;
        }
        // 90 priorities at 10 for each 10 minutes; then they are equals, and the older goes first.
        Assert.Equal(TimeSpan.FromMinutes(90), now - Sample.Noon);
    }

    [Fact]
    public void Take_HeadDoesNotFit_TheNextThatFitsGoes()
    {
        var pool = Pool(Queued.Job("cuda", 900) with { Needs = new Needs { Device = DeviceKind.Cuda } }, Queued.Job("any", 1));
        Assert.Equal("any", pool.Take(Queued.Ask(), Sample.Noon)!.JobId);
        Assert.Null(pool.Take(Queued.Ask(), Sample.Noon));
        Assert.Equal("cuda", pool.Take(Queued.Ask("g", "cuda:0"), Sample.Noon)!.JobId);
    }

    [Fact]
    public void Take_DrainingWorker_GetsNothing()
    {
        var pool = Pool(Queued.Job("1"));
        pool.Hear(Queued.View(order: Contracts.Workers.WorkerOrder.Drain), Sample.Noon);
        Assert.Null(pool.Take(Queued.Ask(), Sample.Noon));
        Assert.NotNull(pool.Take(Queued.Ask("other"), Sample.Noon));
    }

    private static Grains.Pools.PoolScheduler Pool(params QueuedJob[] jobs) =>
        Queued.Pool(o => (o.WarmWindow, o.WarmOvertakes) = (Window, Overtakes)).Fill(jobs);
}
