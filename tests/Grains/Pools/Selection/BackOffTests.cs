using CsCheck;
using Ptune.Contracts.Pools;
using Ptune.Contracts.Specs;

namespace Ptune.Grains.Tests.Pools.Selection;

/// <summary>A job in back-off keeps its place: nothing lower takes the worker that it will have.</summary>
public sealed class BackOffTests
{
    private static readonly DateTimeOffset _due = Sample.Noon.AddSeconds(30);

    [Fact]
    public void Take_LowerWaitsBehindABackOff_TheWorkerIsKeptUntilItIsDue()
    {
        var pool = Queued.Pool().Fill(Delayed("high", 200), Queued.Job("low", 100));
        Assert.Null(pool.Take(Queued.Ask(), Sample.Noon));
        Assert.Null(pool.Take(Queued.Ask(), _due.AddTicks(-1)));
        Assert.Equal(["high", "low"], pool.Drain(Queued.Ask(), _due).Select(j => j.JobId));
    }

    [Fact]
    public void Take_EqualsAndHigherBehindABackOff_Go()
    {
        var pool = Queued.Pool().Fill(Delayed("first", 200), Queued.Job("equal", 200, second: 9), Queued.Job("higher", 300), Queued.Job("low", 100));
        Assert.Equal(["higher", "equal"], pool.Drain(Queued.Ask(), Sample.Noon).Select(j => j.JobId));
    }

    [Fact]
    public void Take_OneWorkerIsKept_OthersGoOn()
    {
        var pool = Queued.Pool().Fill(Delayed("high", 200), Queued.Job("low1", 100), Queued.Job("low2", 100));
        Assert.Null(pool.Take(Queued.Ask("kept"), Sample.Noon));
        Assert.Equal("low1", pool.Take(Queued.Ask("other"), Sample.Noon)!.JobId);
        Assert.Null(pool.Take(Queued.Ask("kept"), Sample.Noon));
    }

    [Fact]
    public void Take_WorkerHasSeveralExecutors_OneIsKept()
    {
        var pool = Queued.Pool().Fill(Delayed("high1", 200), Delayed("high2", 200), Queued.Job("low1", 100), Queued.Job("low2", 100), Queued.Job("low3", 100));
        pool.Hear(Queued.View(executors: 4), Sample.Noon);
        Assert.Equal(["low1", "low2", null], Enumerable.Range(0, 3).Select(_ => pool.Take(Queued.Ask(), Sample.Noon)?.JobId));
        Assert.Equal(["high1", "high2", "low3"], pool.Drain(Queued.Ask(), _due).Select(j => j.JobId));
    }

    [Fact]
    public void Take_KeptWorkerLeaves_TheNextIsKept()
    {
        var pool = Queued.Pool().Fill(Delayed("high", 200), Queued.Job("low", 100));
        Assert.Null(pool.Take(Queued.Ask("first"), Sample.Noon));
        pool.Leave("first");
        Assert.Null(pool.Take(Queued.Ask("second"), Sample.Noon));
    }

    [Fact]
    public void Take_BackOffDoesNotFitTheWorker_LowerGoes()
    {
        var pool = Queued.Pool().Fill(Delayed("high", 200) with { Needs = new Needs { Device = DeviceKind.Cuda } }, Queued.Job("low", 100));
        Assert.Equal("low", pool.Take(Queued.Ask(), Sample.Noon)!.JobId);
    }

    [Fact]
    public void Take_AnyQueueOnOneWorker_NothingLowerGoesBeforeABackOff() => Gen.Select(Queued.Some, Gen.Int[0, 60].Array[40]).Sample((jobs, delays) =>
    {
        var pool = Queued.Pool().Fill(jobs.Select((j, i) => delays[i] == 0 ? j : j with { NotBefore = Sample.Noon.AddSeconds(delays[i]) }));
        var waiting = jobs.ToDictionary(j => j.JobId);
        for (var now = Sample.Noon; now <= Sample.Noon.AddSeconds(60); now += TimeSpan.FromSeconds(1))
        {
            while (pool.Take(Queued.Ask(), now) is { } job)
            {
                waiting.Remove(job.JobId);
                pool.Remove(job.JobId, now);
                Assert.DoesNotContain(waiting.Values, other => other.Priority > job.Priority);
            }
        }
        Assert.Empty(waiting);
    });

    private static QueuedJob Delayed(string id, int priority) => Queued.Job(id, priority) with { NotBefore = _due };
}
