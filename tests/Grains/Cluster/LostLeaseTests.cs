using Ptune.Contracts.Jobs;
using Ptune.Contracts.Workers;

namespace Ptune.Grains.Tests.Cluster;

/// <summary>Leases that were granted and whose answer nobody heard. The clock stands still: none of them comes right by running out.</summary>
public sealed class LostLeaseTests
{
    [Fact]
    public async Task Acquire_CallToTheJobBrokeAndWasCarriedOut_TheNextRequestBringsTheSameLease()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var slot = new FakeSlot(cluster, "w1");
        var id = (await cluster.SubmitAsync(Sample.Job())).JobId;
        await cluster.UntilQueuedAsync(1);

        cluster.BeforeAnswer = call => call.MethodName == nameof(IJobGrain.Lease) ? throw new IOException("the target silo became unavailable") : Task.CompletedTask;
        Assert.Null(await slot.AcquireAsync());
        Assert.Null(await slot.AcquireAsync());
        cluster.BeforeAnswer = _ => Task.CompletedTask;

        var lease = (await slot.AcquireAsync())!;
        Assert.Equal((id, 1L), (lease.JobId, lease.Epoch));
        await AssertIsFirstAttemptAsync(cluster, id, "w1", lease);
    }

    [Fact]
    public async Task Acquire_AnswerToTheWorkerWasLost_TheNextRequestBringsTheSameLease()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var slot = new FakeSlot(cluster, "w1");
        for (var seed = 1; seed <= 2; seed++) await cluster.SubmitAsync(Sample.Job(seed));
        await cluster.UntilQueuedAsync(2);

        var lost = (await slot.AskAsync())!;
        await AssertIsFirstAttemptAsync(cluster, lost.JobId, "w1", (await slot.AcquireAsync())!);
    }

    [Fact]
    public async Task Acquire_AnswerWasLostWithThePool_TheNextOneBringsTheSameLease()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var slot = new FakeSlot(cluster, "w1");
        for (var seed = 1; seed <= 2; seed++) await cluster.SubmitAsync(Sample.Job(seed));
        await cluster.UntilQueuedAsync(2);
        var lost = (await slot.AskAsync())!;

        await cluster.ForgetAsync(cluster.Pool());
        await AssertIsFirstAttemptAsync(cluster, lost.JobId, "w1", await slot.UntilAcquiredAsync());
    }

    /// <summary>The slot has been given another job meanwhile, and will be busy for long.</summary>
    [Fact]
    public async Task Sweep_LeaseWasLostAndItsSlotIsBusy_TheJobIsTakenBackWithoutAFailure()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var slot = new FakeSlot(cluster, "w1");
        var id = (await cluster.SubmitAsync(Sample.Job(seed: 1))).JobId;
        await cluster.UntilQueuedAsync(1);
        Assert.NotNull(await slot.AskAsync());

        // Another activation of the pool, which does not know of it, answers the next request.
        var other = (await cluster.SubmitAsync(Sample.Job(seed: 2))).JobId;
        await cluster.Pool().Complete(id);
        await cluster.UntilQueuedAsync(1);
        Assert.Equal(other, (await slot.AcquireAsync())!.JobId);

        await cluster.Pool().Sweep();
        var view = await cluster.UntilAsync(id, v => v.Status == JobStatus.Queued);
        Assert.Equal((1L, 0), (view.Epoch, view.Failures));
        // The pool is told after the job's state is written.
        await cluster.UntilQueuedAsync(1);
        Assert.Equal((id, 2L), await new FakeWorker(cluster, "w2").AcquireAsync() is { } lease ? (lease.JobId, lease.Epoch) : default);
        Assert.Equal(JobStatus.Leased, (await cluster.Job(other).Get())!.Status);
    }

    /// <summary>The worker has the job that the first copy brought, and nothing has been heard of it yet.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Acquire_RequestArrivesTwiceAndItsJobIsToStop_BringsNoSecondJob(bool isPoolNew)
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var slot = new FakeSlot(cluster, "w1");
        for (var seed = 1; seed <= 2; seed++) await cluster.SubmitAsync(Sample.Job(seed));
        await cluster.UntilQueuedAsync(2);
        var lease = (await slot.AcquireAsync())!;
        await cluster.Job(lease.JobId).Suspend("enough");
        if (isPoolNew) await cluster.ForgetAsync(cluster.Pool());

        Assert.Null(await slot.RepeatAsync());
        Assert.Equal(JobStatus.Suspending, (await cluster.Job(lease.JobId).Get())!.Status);
        await cluster.UntilQueuedAsync(1);
    }

    [Fact]
    public async Task Sweep_OneRequestBroughtTwoJobs_TheOneThatTheSlotDoesNotHoldIsTakenBackWithoutAFailure()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var slot = new FakeSlot(cluster, "w1");
        for (var seed = 1; seed <= 2; seed++) await cluster.SubmitAsync(Sample.Job(seed));
        await cluster.UntilQueuedAsync(2);
        var held = (await slot.AcquireAsync())!;

        // Another activation of the pool, which does not know of it, answers the second copy.
        await cluster.ForgetAsync(cluster.Pool());
        await cluster.UntilQueuedAsync(1);
        await cluster.Pool().Complete(held.JobId);
        var lost = (await slot.RepeatAsync())!;
        Assert.NotEqual(held.JobId, lost.JobId);

        Assert.Null(await slot.AskAsync());
        await cluster.Pool().Sweep();
        var view = await cluster.UntilAsync(lost.JobId, v => v.Status == JobStatus.Queued);
        Assert.Equal((1L, 0), (view.Epoch, view.Failures));
        Assert.Equal(JobStatus.Leased, (await cluster.Job(held.JobId).Get())!.Status);
    }

    [Fact]
    public async Task Leave_LeaseWasGrantedWhileTheWorkerLeft_TheJobIsTakenBackAtOnce()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var worker = cluster.Grains.GetGrain<IWorkerGrain>("w1");
        await worker.Report(new WorkerReport("default", "host", 1, "cpu", 1, 1, "0", []));
        var id = (await cluster.SubmitAsync(Sample.Job())).JobId;
        await cluster.UntilQueuedAsync(1);
        Assert.NotNull(await new FakeSlot(cluster, "w1").AskAsync());

        await worker.Leave();
        var view = (await cluster.Job(id).Get())!;
        Assert.Equal((JobStatus.Queued, 1L, 0), (view.Status, view.Epoch, view.Failures));
    }

    [Fact]
    public async Task Acquire_JobWasCancelledBeforeTheWorkerHeardOfIt_IsCancelledWithTheNextRequest()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var slot = new FakeSlot(cluster, "w1");
        var id = (await cluster.SubmitAsync(Sample.Job())).JobId;
        await cluster.UntilQueuedAsync(1);
        Assert.NotNull(await slot.AskAsync());
        Assert.Equal(JobStatus.Cancelling, (await cluster.Job(id).Cancel(null))!.Status);

        Assert.Null(await slot.AcquireAsync());
        Assert.Equal(JobStatus.Cancelled, (await cluster.Job(id).Get())!.Status);
    }

    private static async Task AssertIsFirstAttemptAsync(PtuneCluster cluster, string id, string worker, Lease lease)
    {
        var fake = new FakeWorker(cluster, worker);
        Assert.Equal(HeartbeatReply.Continue, await fake.BeatAsync(lease, 1));
        Assert.Equal(AttemptReply.Accepted, await fake.CompleteAsync(lease));
        Assert.Equal(id, lease.JobId);
        var done = (await cluster.Job(id).Get())!;
        Assert.Equal((JobStatus.Succeeded, 1L, 0), (done.Status, done.Epoch, done.Failures));
    }
}
