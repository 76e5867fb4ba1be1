using Ptune.Contracts.Pools;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Workers;
using Ptune.Grains.Hosting;
using Ptune.Grains.Pools;

namespace Ptune.Grains.Tests.Pools.Waits;

public sealed class WaitReportTests
{
    [Fact]
    public void Explain_NotInTheQueue_IsNull() => Assert.Null(Queued.Pool().Explain("1", Sample.Noon));

    [Fact]
    public void Explain_NoWorker_SaysSo() => Expect(WaitRule.NoWorker, "no worker of pool default", Queued.Pool(), Queued.Job("1"));

    [Fact]
    public void Explain_NoWorkerHasWhatItNeeds_NamesIt()
    {
        var view = Expect(WaitRule.Needs, "it needs cuda, but w has cpu", With(Queued.View()), Queued.Job("1") with { Needs = new Needs { Device = DeviceKind.Cuda } });
        Assert.Equal((0, null), (view.FittingWorkers, view.EstimatedStart));
    }

    [Fact]
    public void Explain_AllFittingWorkersDrain_SaysSo() =>
        Expect(WaitRule.Drained, "d is draining", With(Queued.View("d", device: "cuda", order: WorkerOrder.Drain), Queued.View()), Queued.Job("1") with { Needs = new Needs { Device = DeviceKind.Cuda } });

    [Fact]
    public void Explain_AllFittingWorkersExcluded_SaysSo() => Expect(WaitRule.Excluded, "failed on w", With(Queued.View()), Queued.Job("1") with { ExcludedWorkers = ["w"] });

    [Fact]
    public void Explain_BackOff_SaysUntilWhen()
    {
        var view = Expect(WaitRule.BackOff, "2026-11-25 12:05:00Z", With(Queued.View()), Queued.Job("1") with { NotBefore = Sample.Noon.AddMinutes(5) });
        Assert.Equal(Sample.Noon.AddMinutes(5), view.EstimatedStart);
    }

    [Fact]
    public void Explain_QuotaUsedUp_SaysSo()
    {
        var pool = Queued.Pool(o => o.Tenants["a"] = new TenantOptions { MaxRunning = 1 }).Fill(Queued.Job("0", tenant: "a"));
        pool.Hear(Queued.View(executors: 2), Sample.Noon);
        pool.Take(Queued.Ask(), Sample.Noon);
        Expect(WaitRule.Quota, "tenant a runs 1 of at most 1 jobs in pool default", pool, Queued.Job("1", tenant: "a"));
    }

    [Fact]
    public void Explain_WorkerIsBeingFreed_SaysForWhat()
    {
        var pool = Busy();
        pool.Enqueue(Queued.Job("1", 500));
        pool.Preempt(Sample.Noon);
        Expect(WaitRule.Reserved, "w is reserved for it: a lower-priority job was asked", pool, Queued.Job("1", 500));
    }

    [Fact]
    public void Explain_HigherPrioritiesWait_CountsThem() =>
        Expect(WaitRule.Priority, "2 jobs of higher priority go first, then 1 job of the same priority", Busy().Fill(Queued.Job("a", 200), Queued.Job("b", 300), Queued.Job("c", second: -1)), Queued.Job("1"));

    [Fact]
    public void Explain_EqualsCameEarlier_CountsThem()
    {
        var view = Expect(WaitRule.Turn, "1 job of the same priority goes first", Busy().Fill(Queued.Job("c", second: -1)), Queued.Job("1"));
        Assert.Equal((2, 2), (view.Position, view.Queued));
    }

    [Fact]
    public void Explain_FirstAndAllAtWork_SaysSo() => Expect(WaitRule.Busy, "the only worker that fits is busy", Busy(), Queued.Job("1"));

    [Fact]
    public void Explain_FirstAndAWorkerIsIdle_IsNextNow() => Assert.Equal(Sample.Noon, Expect(WaitRule.Next, "it is next", With(Queued.View()), Queued.Job("1")).EstimatedStart);

    [Fact]
    public void Explain_NothingMeasured_StartIsUnknown() => Assert.Null(Expect(WaitRule.Busy, "busy", Busy(), Queued.Job("1")).EstimatedStart);

    [Fact]
    public void Explain_JobWasStoppedOrFailed_ItsDurationIsNoMeasure()
    {
        var pool = With(Queued.View());
        pool.Enqueue(Queued.Job("a"));
        pool.Take(Queued.Ask(), Sample.Noon);
        pool.Remove("a", Sample.Noon.AddMinutes(10));
        pool.Fill(Queued.Job("b"), Queued.Job("c"));
        pool.Take(Queued.Ask(), Sample.Noon);
        Assert.Null(pool.Explain("c", Sample.Noon)!.EstimatedStart);
    }

    [Fact]
    public void Explain_DurationsMeasured_EstimatesFromThem()
    {
        var pool = With(Queued.View("w", executors: 2));
        foreach (var (id, minutes) in new[] { ("a", 10), ("b", 20) })
        {
            pool.Enqueue(Queued.Job(id));
            pool.Take(Queued.Ask(), Sample.Noon);
            pool.Remove(id, Sample.Noon.AddMinutes(minutes), isDone: true);
        }
        pool.Fill(Queued.Job("c"), Queued.Job("d"), Queued.Job("e"), Queued.Job("f", second: 1), Queued.Job("g", second: 2));
        for (var i = 0; i < 2; i++) pool.Take(Queued.Ask(), Sample.Noon);
        // Third of those that wait, two executors, 15 minutes a job.
        Assert.Equal(Sample.Noon.AddMinutes(15 * 3 / 2.0), pool.Explain("g", Sample.Noon)!.EstimatedStart);
    }

    [Fact]
    public void View_SeveralRules_CountsTheJobsOfEach()
    {
        var pool = Queued.Pool(o => o.Tenants["full"] = new TenantOptions { MaxRunning = 1 });
        pool.Hear(Queued.View(), Sample.Noon);
        pool.Enqueue(Queued.Job("0", tenant: "full"));
        pool.Take(Queued.Ask(), Sample.Noon);
        pool.Fill(
            Queued.Job("1", tenant: "full"), Queued.Job("2", 300), Queued.Job("3", 200), Queued.Job("4", 200),
            Queued.Job("5") with { NotBefore = Sample.Noon.AddHours(1) }, Queued.Job("6") with { Needs = Queued.Memory(1) });
        var view = pool.View(Sample.Noon);
        Assert.Equal(
            [new(WaitRule.Needs, 1), new(WaitRule.BackOff, 1), new(WaitRule.Quota, 1), new(WaitRule.Priority, 2), new(WaitRule.Turn, 1)],
            view.Waits!);
        Assert.Equal([("default", 5, 0), ("full", 1, 1)], view.Tenants!.Select(t => (t.Name, t.Queued, t.Leased)));
    }

    private static WaitView Expect(WaitRule rule, string words, PoolScheduler pool, QueuedJob job)
    {
        pool.Enqueue(job);
        var view = pool.Explain(job.JobId, Sample.Noon)!;
        Assert.Equal((job.JobId, rule), (view.JobId, view.Rule));
        Assert.Contains(words, view.Why, StringComparison.Ordinal);
        return view;
    }

    private static PoolScheduler With(params WorkerView[] workers)
    {
        var pool = Queued.Pool();
        foreach (var worker in workers) pool.Hear(worker, Sample.Noon);
        return pool;
    }

    /// <summary>One worker, at work.</summary>
    private static PoolScheduler Busy()
    {
        var pool = With(Queued.View()).Fill(Queued.Job("running", priority: 50));
        pool.Take(Queued.Ask(), Sample.Noon);
        return pool;
    }
}
