using Ptune.Contracts.Jobs;
using Ptune.Contracts.Stores;
using Ptune.Grains.Hosting;
using Ptune.Grains.Pools;

namespace Ptune.Grains.Tests.Pools;

/// <summary>What the pool makes of rows and of the jobs' own words, which may be older than what it knows.</summary>
public sealed class LearningTests
{
    [Fact]
    public void Recall_RunningAndQueuedRows_CountForQuotas()
    {
        var pool = Queued.Pool(o => o.Tenants["a"] = new TenantOptions { MaxRunning = 1, MaxQueued = 1 });
        pool.Recall(Row("1", JobStatus.Running), Sample.Noon);
        pool.Recall(Row("2", JobStatus.Queued), Sample.Noon);
        Assert.Equal((1, 1), (pool.Queued, pool.Leased));
        Assert.Null(pool.Take(Queued.Ask(), Sample.Noon));
        Assert.NotNull(pool.Admit("a", ["3"], Sample.Noon));
    }

    [Fact]
    public void Take_TenantWithAQuota_EachJobHasAPermitOfItsOwn()
    {
        var pool = WithQuota(3);
        pool.Recall(Row("0", JobStatus.Running) with { Permit = 1 }, Sample.Noon);
        pool.Fill(Queued.Job("a.1", tenant: "a"), Queued.Job("a.2", tenant: "a"), Queued.Job("a.3", tenant: "a"), Queued.Job("b.1", 1, tenant: "b"));
        string[] taken = ["a.1", "a.2", "b.1"];
        foreach (var id in taken) Assert.Equal(id, pool.Take(Queued.Ask(), Sample.Noon)!.JobId);
        Assert.Equal([0, 2, null], taken.Select(pool.PermitOf));
        Assert.Null(pool.Take(Queued.Ask(), Sample.Noon));

        pool.Remove("a.0", Sample.Noon);
        Assert.Equal("a.3", pool.Take(Queued.Ask(), Sample.Noon)!.JobId);
        Assert.Equal(1, pool.PermitOf("a.3"));
    }

    [Fact]
    public void Refused_PermitIsAnothers_CountsUntilTheNextSweep()
    {
        var pool = WithQuota(2).Fill(Queued.Job("a.1", tenant: "a"), Queued.Job("a.2", tenant: "a"));
        pool.Take(Queued.Ask(), Sample.Noon);
        pool.Refused("a.1", isPermitTaken: true);
        pool.See(View("a.1", JobStatus.Queued), Sample.Noon);
        Assert.Equal("a.1", pool.Take(Queued.Ask(), Sample.Noon)!.JobId);
        Assert.Equal(1, pool.PermitOf("a.1"));
        Assert.Null(pool.Take(Queued.Ask(), Sample.Noon));
        pool.Tidy(Sample.Noon);
        Assert.Equal("a.2", pool.Take(Queued.Ask(), Sample.Noon)!.JobId);
        Assert.Equal(0, pool.PermitOf("a.2"));
    }

    [Fact]
    public void KnowPermit_JobThatSaidOfItselfThatItRuns_ItsPermitIsNotGivenAway()
    {
        var pool = WithQuota(2).Fill(Queued.Job("a.2", tenant: "a"), Queued.Job("a.3", tenant: "a"));
        pool.See(View("a.1", JobStatus.Running), Sample.Noon);
        pool.LearnPermit(Row("1", JobStatus.Running) with { Permit = 0 });
        pool.Take(Queued.Ask(), Sample.Noon);
        Assert.Equal((0, 1), (pool.PermitOf("a.1"), pool.PermitOf("a.2")));
        // While it is offered, no row knows better.
        pool.LearnPermit(Row("2", JobStatus.Running) with { Permit = 0 });
        Assert.Equal(1, pool.PermitOf("a.2"));
    }

    [Fact]
    public void Recall_RowOfAJobThatIsKnown_ChangesNothing()
    {
        var pool = Queued.Pool().Fill(Queued.Job("a.1", 500, tenant: "a"));
        pool.Recall(Row("1", JobStatus.Queued), Sample.Noon);
        Assert.Equal(500, pool.Take(Queued.Ask(), Sample.Noon)!.Priority);
        pool.Recall(Row("1", JobStatus.Queued), Sample.Noon);
        Assert.Equal((0, 1), (pool.Queued, pool.Leased));
    }

    [Fact]
    public void See_QueuedWhileItIsOffered_IsOlderThanTheOffer()
    {
        var pool = Queued.Pool().Fill(Queued.Job("a.1", tenant: "a"));
        pool.Take(Queued.Ask(), Sample.Noon);
        pool.See(View("a.1", JobStatus.Queued), Sample.Noon);
        Assert.Equal((0, 1), (pool.Queued, pool.Leased));
        Assert.Empty(pool.RunningBut([]));

        pool.Granted("a.1");
        Assert.Equal(["a.1"], pool.RunningBut([]));
        pool.See(View("a.1", JobStatus.Queued), Sample.Noon);
        Assert.Equal((1, 0), (pool.Queued, pool.Leased));
    }

    [Theory]
    [InlineData(JobStatus.Succeeded)]
    [InlineData(JobStatus.Suspended)]
    [InlineData(JobStatus.Submitted)]
    public void See_JobThatWaitsForNoWorker_IsForgotten(JobStatus status)
    {
        var pool = Queued.Pool().Fill(Queued.Job("a.1", tenant: "a"), Queued.Job("a.2", tenant: "a"));
        pool.Take(Queued.Ask(), Sample.Noon);
        pool.See(View("a.1", status), Sample.Noon);
        pool.See(View("a.2", status), Sample.Noon);
        Assert.Equal((0, 0), (pool.Queued, pool.Leased));
    }

    [Fact]
    public void See_BackOffOfAKnownJob_IsTakenOver()
    {
        var pool = Queued.Pool();
        pool.Recall(Row("1", JobStatus.Queued), Sample.Noon);
        pool.See(View("a.1", JobStatus.Queued) with { NotBefore = Sample.Noon.AddMinutes(1) }, Sample.Noon);
        Assert.Null(pool.Take(Queued.Ask(), Sample.Noon));
        Assert.NotNull(pool.Take(Queued.Ask(), Sample.Noon.AddMinutes(1)));
    }

    [Fact]
    public void Take_AJobIsOnlyBeingStored_ItsDeviceIsFreeAndItsPlaceIsNot()
    {
        var pool = Queued.Pool();
        foreach (var id in new[] { "a.1", "a.2", "a.3" }) pool.Enqueue(Queued.Job(id) with { Needs = Queued.Memory(6) });
        Assert.Equal("a.1", pool.Take(Queued.Ask("w", memory: 8), Sample.Noon)!.JobId);
        pool.Granted("a.1");
        Assert.Null(pool.Take(Queued.Ask("w", memory: 8), Sample.Noon));

        Assert.Equal("a.2", pool.Take(Queued.Ask("w", memory: 8) with { Storing = "a.1" }, Sample.Noon)!.JobId);
        pool.Granted("a.2");
        pool.Hear(Queued.View("w", memory: 8, running: ["a.1", "a.2"]), Sample.Noon);
        Assert.Equal(2, pool.Leased);
        Assert.Null(pool.Take(Queued.Ask("w", memory: 8) with { Storing = "a.1" }, Sample.Noon));

        pool.Remove("a.2", Sample.Noon);
        Assert.Equal("a.3", pool.Take(Queued.Ask("w", memory: 8) with { Storing = "a.1" }, Sample.Noon)!.JobId);
    }

    [Fact]
    public void Hear_WorkerNamesItsJobs_TheirMemoryCountsThere()
    {
        var pool = Queued.Pool();
        pool.Recall(Row("1", JobStatus.Running) with { Needs = Queued.Memory(6) }, Sample.Noon);
        pool.Hear(Queued.View("w", running: "a.1"), Sample.Noon);
        pool.Enqueue(Queued.Job("2") with { Needs = Queued.Memory(4) });
        Assert.Null(pool.Take(Queued.Ask("w", memory: 8), Sample.Noon));
        Assert.NotNull(pool.Take(Queued.Ask("v", memory: 8), Sample.Noon));
    }

    private static PoolScheduler WithQuota(int running) => Queued.Pool(o => o.Tenants["a"] = new TenantOptions { MaxRunning = running });

    private static JobRow Row(string id, JobStatus status) => new($"a.{id}", "a", "default", "NoOp", "", status, 100, Sample.Noon, Sample.Noon, 1);

    private static JobView View(string id, JobStatus status) => new()
    {
        JobId = id,
        Kind = "NoOp",
        Name = "",
        Status = status,
        Version = 3,
        Epoch = 1,
        Spec = Sample.Job(),
        Pool = "default",
        Priority = 100,
        Askers = [],
        Created = Sample.Noon,
        Timeline = [],
    };
}
