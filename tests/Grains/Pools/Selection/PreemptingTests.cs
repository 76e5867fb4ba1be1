using Ptune.Contracts.Pools;
using Ptune.Contracts.Workers;
using Ptune.Grains.Hosting;
using Ptune.Grains.Pools;

namespace Ptune.Grains.Tests.Pools.Selection;

/// <summary>A waiting job takes the place of a running one, and nobody takes it away on the way.</summary>
public sealed class PreemptingTests
{
    [Fact]
    public void Preempt_AllWorkersBusyWithLowerJobs_AsksOneAndKeepsItsPlaceForTheWaiting()
    {
        var pool = Busy("w1", "w2").Fill(Queued.Job("urgent", 500, 9));
        var (victim, waiting) = Assert.Single(pool.Preempt(Sample.Noon));
        Assert.Equal("urgent", waiting.JobId);
        Assert.Empty(pool.Preempt(Sample.Noon));

        // The victim comes back into the queue before the worker asks; another of the same priority has come, too.
        pool.Fill(Queued.Job(victim.JobId, 100), Queued.Job("urgent2", 500, 10));
        Assert.Equal("urgent", pool.Take(Queued.Ask(victim.Seat!.Value.WorkerId), Sample.Noon)!.JobId);
    }

    [Fact]
    public void Take_FreedWorkerBeforeItsPreemptorIsReady_NeverGoesToTheVictim()
    {
        var pool = Busy("w1").Fill(Queued.Job("urgent", 500));
        var (victim, _) = Assert.Single(pool.Preempt(Sample.Noon));
        pool.Enqueue(Queued.Job("urgent", 500) with { NotBefore = Sample.Noon.AddSeconds(30) });
        pool.Enqueue(Queued.Job(victim.JobId, 100));
        Assert.Null(pool.Take(Queued.Ask("w1"), Sample.Noon));
    }

    /// <summary>An executor is kept for the one in back-off; the others of the worker go on, with the victim too.</summary>
    [Theory]
    [InlineData(1, null)]
    [InlineData(2, "low-w1")]
    public void Take_PreemptorRefusedItsPlaceIntoABackOff_KeepsOneExecutorForIt(int executors, string? next)
    {
        var pool = Busy("w1").Fill(Queued.Job("urgent", 500));
        var (victim, _) = Assert.Single(pool.Preempt(Sample.Noon));
        pool.Hear(Queued.View(victim.Seat!.Value.WorkerId, executors), Sample.Noon);
        pool.Enqueue(Queued.Job(victim.JobId, 100));
        Assert.Equal("urgent", pool.Take(Queued.Ask("w1"), Sample.Noon)!.JobId);
        pool.Refused("urgent");
        pool.Enqueue(Queued.Job("urgent", 500) with { NotBefore = Sample.Noon.AddSeconds(10) });
        Assert.Equal(next, pool.Take(Queued.Ask("w1"), Sample.Noon)?.JobId);
        Assert.Equal("urgent", pool.Take(Queued.Ask("w1"), Sample.Noon.AddSeconds(10))?.JobId);
    }

    [Theory]
    [InlineData(199, 0)]
    [InlineData(200, 1)]
    public void Preempt_Gap_HasToBeReached(int priority, int moves) =>
        Assert.Equal(moves, Busy("w1").Fill(Queued.Job("waiting", priority)).Preempt(Sample.Noon).Count);

    [Fact]
    public void Preempt_EqualOnlyByAge_DrivesNobodyOut() =>
        Assert.Empty(Busy("w1").Fill(Queued.Job("old", 150)).Preempt(Sample.Noon.AddSeconds(50)));

    [Fact]
    public void Preempt_AnIdleWorkerFits_AsksNobody()
    {
        var pool = Busy("w1");
        pool.Hear(Queued.View("idle"), Sample.Noon);
        Assert.Empty(pool.Fill(Queued.Job("urgent", 500)).Preempt(Sample.Noon));
        // The second finds no idle worker left.
        Assert.Single(pool.Fill(Queued.Job("urgent2", 500)).Preempt(Sample.Noon));
    }

    [Fact]
    public void Preempt_BackOffOrQuota_DrivesNobodyOut()
    {
        Assert.Empty(Busy("w1").Fill(Queued.Job("later", 500) with { NotBefore = Sample.Noon.AddSeconds(1) }).Preempt(Sample.Noon));
        var pool = Busy("w1");
        Assert.Empty(pool.Fill(Queued.Job("poor", 500, tenant: "none-left")).Preempt(Sample.Noon));
    }

    [Fact]
    public void Preempt_SeveralWait_AsksAsManyAsThereAreLower()
    {
        var pool = Busy("w1", "w2").Fill(Enumerable.Range(0, 5).Select(i => Queued.Job($"urgent{i}", 500, i)));
        var moves = pool.Preempt(Sample.Noon);
        Assert.Equal(["urgent0", "urgent1"], moves.Select(m => m.For.JobId));
        Assert.Equal(2, moves.Select(m => m.Victim.JobId).Distinct().Count());
    }

    [Theory]
    [InlineData(199, false)]
    [InlineData(200, true)]
    public void IsUrgent_FirstOfItsLane_WhenThereIsOneLowEnough(int priority, bool isUrgent)
    {
        var pool = Busy("w1").Fill(Queued.Job("first", priority), Queued.Job("second", priority, 1));
        Assert.Equal((isUrgent, false), (pool.IsUrgent("first"), pool.IsUrgent("second")));
    }

    [Fact]
    public void Tidy_KeptWorkerIsNotHeardOfAnyMore_AnotherMakesRoom()
    {
        var pool = Busy("w1", "w2").Fill(Queued.Job("urgent", 500));
        var (first, _) = Assert.Single(pool.Preempt(Sample.Noon));
        var other = first.Seat!.Value.WorkerId == "w1" ? "w2" : "w1";
        pool.Hear(Queued.View(other), Sample.Noon.AddMinutes(1.5));
        pool.Tidy(Sample.Noon.AddMinutes(1.5));
        Assert.Equal(other, Assert.Single(pool.Preempt(Sample.Noon.AddMinutes(1.5))).Victim.Seat!.Value.WorkerId);
    }

    [Fact]
    public void Take_GraceIsOver_TheWorkerIsFreeForAll()
    {
        var pool = Busy("w1").Fill(Queued.Job("urgent", 500));
        pool.Preempt(Sample.Noon);
        pool.Fill(Queued.Job("urgent", 500) with { NotBefore = Sample.Noon.AddHours(1), Needs = Queued.Memory(1) }, Queued.Job("other", 1));
        Assert.Equal("other", pool.Take(Queued.Ask("w1"), Sample.Noon.AddMinutes(2))!.JobId);
    }

    /// <summary>A pool whose workers all run a job of priority 100; one tenant has used its quota up.</summary>
    private static PoolScheduler Busy(params string[] workers)
    {
        var pool = Queued.Pool(o => o.Tenants["none-left"] = new TenantOptions { MaxRunning = 1 });
        foreach (var worker in workers)
        {
            pool.Hear(Queued.View(worker), Sample.Noon);
            pool.Enqueue(Queued.Job($"low-{worker}", 100, tenant: worker == workers[0] ? "none-left" : "default"));
            pool.Take(Queued.Ask(worker), Sample.Noon);
        }
        return pool;
    }
}
