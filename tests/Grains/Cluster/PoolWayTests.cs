using Ptune.Contracts.Jobs;
using Ptune.Contracts.Pools;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Workers;
using Ptune.Grains.Hosting;

namespace Ptune.Grains.Tests.Cluster;

/// <summary>Scheduling through real grains: what the pool decides and what the jobs make of it.</summary>
public sealed class PoolWayTests
{
    [Fact]
    public async Task Preempt_UrgentJobAndABusyWorker_TheLowJobMakesRoomAndGoesOnLater()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var worker = new FakeWorker(cluster, "w1");
        await ReportAsync(cluster, "w1");
        var low = (await cluster.SubmitAsync(Sample.Job(seed: 1, priority: 100))).JobId;
        var lowLease = await cluster.UntilAcquiredAsync(worker);
        await worker.BeatAsync(lowLease, 5, Sample.Checkpoint(5, 1));

        var urgent = (await cluster.SubmitAsync(Sample.Job(seed: 2, priority: 500))).JobId;
        await cluster.UntilAsync(low, v => v.Status == JobStatus.Suspending);
        Assert.Equal(WaitRule.Reserved, (await cluster.Pool().Explain(urgent))!.Rule);
        Assert.Equal(HeartbeatReply.Suspend, await worker.BeatAsync(lowLease, 6));
        await worker.ReleaseAsync(lowLease, Sample.Checkpoint(6, 1));
        await cluster.UntilQueuedAsync(2);

        var urgentLease = (await worker.AcquireAsync())!;
        Assert.Equal(urgent, urgentLease.JobId);
        await worker.CompleteAsync(urgentLease);
        var again = await cluster.UntilAcquiredAsync(worker);
        Assert.Equal((low, 2L, 6L), (again.JobId, again.Epoch, again.Checkpoint!.Step));
        Assert.Equal(0, (await cluster.Job(low).Get())!.Failures);
    }

    [Fact]
    public async Task Acquire_PoolWasRebuilt_KnowsNeedsAndQuotas()
    {
        await using var cluster = await PtuneCluster.StartAsync(o => o.Tenants["default"] = new TenantOptions { MaxRunning = 1 });
        var worker = new FakeWorker(cluster, "w1");
        var running = (await cluster.SubmitAsync(Sample.Job(seed: 1))).JobId;
        Assert.Equal(running, (await cluster.UntilAcquiredAsync(worker)).JobId);
        var picky = Sample.Job(seed: 2);
        picky = picky with { Scheduling = picky.Scheduling with { Needs = new Needs { Device = DeviceKind.Cuda } } };
        await cluster.SubmitAsync(picky);
        await cluster.SubmitAsync(Sample.Job(seed: 3));
        await cluster.UntilQueuedAsync(2);

        await cluster.ForgetAsync(cluster.Pool());
        await ReportAsync(cluster, "w1");
        Assert.Equal((2, 1), ((await cluster.Pool().Get()).Queued, (await cluster.Pool().Get()).Leased));
        Assert.Equal(WaitRule.Needs, (await cluster.Pool().Explain(Sample.Id(picky)))!.Rule);
        Assert.Equal(WaitRule.Quota, (await cluster.Pool().Explain(Sample.Id(Sample.Job(seed: 3))))!.Rule);
        Assert.Null(await worker.AcquireAsync());
        Assert.Equal(0, (await cluster.Job(Sample.Id(picky)).Get())!.Epoch);
    }

    /// <summary>Another activation of the pool, of which this one knows nothing, has given away what the quota allows.</summary>
    [Fact]
    public async Task Acquire_PermitIsAnotherJobs_WaitsUntilItIsFree()
    {
        await using var cluster = await PtuneCluster.StartAsync(o => o.Tenants["default"] = new TenantOptions { MaxRunning = 1 });
        var worker = new FakeWorker(cluster, "w1");
        var id = (await cluster.SubmitAsync(Sample.Job(seed: 1))).JobId;
        await cluster.UntilQueuedAsync(1);
        await ReportAsync(cluster, "w1");
        var unknown = cluster.Catalog.Jobs[id] with { JobId = "default.00000000000000000000000000000000", Status = JobStatus.Running, Permit = 0 };
        await cluster.Catalog.PutAsync(unknown);

        Assert.Null(await worker.AcquireAsync());
        var waiting = (await cluster.Job(id).Get())!;
        Assert.Equal((JobStatus.Queued, 1L, 0), (waiting.Status, waiting.Epoch, waiting.Failures));
        Assert.Contains("another job of default has permit 0", waiting.Timeline[^1].Why, StringComparison.Ordinal);
        Assert.Null(cluster.Catalog.Jobs[id].Permit);
        Assert.Equal(WaitRule.Quota, (await cluster.Pool().Explain(id))!.Rule);

        await cluster.Catalog.PutAsync(unknown with { Version = unknown.Version + 1, Status = JobStatus.Failed, Permit = null });
        await cluster.Pool().Sweep();
        Assert.Equal((id, 2L), (await cluster.UntilAcquiredAsync(worker)) is { } lease ? (lease.JobId, lease.Epoch) : default);
        Assert.Equal(0, cluster.Catalog.Jobs[id].Permit);
    }

    [Fact]
    public async Task Acquire_PoolWasRebuiltAndAJobIsInBackOff_LearnsItFromTheRefusal()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var worker = new FakeWorker(cluster, "w1");
        var id = (await cluster.SubmitAsync(Sample.Job(seed: 1, priority: 500))).JobId;
        await worker.FailAsync(await cluster.UntilAcquiredAsync(worker), FailureCause.Crash);
        var failed = await cluster.UntilAsync(id, v => v.Status == JobStatus.Queued);
        Assert.True(failed.NotBefore > cluster.Time.GetUtcNow());
        await cluster.SubmitAsync(Sample.Job(seed: 2, priority: 1));
        await cluster.UntilQueuedAsync(2);

        await cluster.ForgetAsync(cluster.Pool());
        await ReportAsync(cluster, "w1");
        Assert.Null(await worker.AcquireAsync());
        Assert.Equal(WaitRule.BackOff, (await cluster.Pool().Explain(id))!.Rule);
        cluster.Time.Advance(failed.NotBefore!.Value - cluster.Time.GetUtcNow());
        Assert.Equal(id, (await cluster.UntilAcquiredAsync(worker)).JobId);
    }

    [Fact]
    public async Task Admit_QueueFull_IsRefusedUntilOneStarts()
    {
        await using var cluster = await PtuneCluster.StartAsync(o => o.Tenants["default"] = new TenantOptions { MaxQueued = 1 });
        await cluster.SubmitAsync(Sample.Job(seed: 1));
        await cluster.UntilQueuedAsync(1);
        Assert.NotNull(await cluster.Pool().Admit("default", [Sample.Id(Sample.Job(seed: 2))]));
        await cluster.UntilAcquiredAsync(new FakeWorker(cluster, "w1"));
        Assert.Null(await cluster.Pool().Admit("default", [Sample.Id(Sample.Job(seed: 2))]));
    }

    [Fact]
    public async Task Give_Drain_TheWorkerGetsNothingUntilItIsToldToWork()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var worker = new FakeWorker(cluster, "w1");
        await ReportAsync(cluster, "w1");
        await cluster.Grains.GetGrain<IWorkerOrdersGrain>("w1").Give(WorkerOrder.Drain);
        var id = (await cluster.SubmitAsync(Sample.Job())).JobId;
        await cluster.UntilQueuedAsync(1);
        Assert.Null(await worker.AcquireAsync());
        Assert.Equal(WaitRule.Drained, (await cluster.Pool().Explain(id))!.Rule);
        await cluster.Grains.GetGrain<IWorkerOrdersGrain>("w1").Give(WorkerOrder.Work);
        Assert.Equal(id, (await worker.AcquireAsync())!.JobId);
    }

    private static Task ReportAsync(PtuneCluster cluster, string worker) =>
        cluster.Grains.GetGrain<IWorkerGrain>(worker).Report(new WorkerReport("default", "host", 1, "cpu", 1, 1, "0", []));
}
