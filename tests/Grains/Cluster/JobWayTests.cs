using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;

namespace Ptune.Grains.Tests.Cluster;

/// <summary>A job's whole way through real grains.</summary>
public sealed class JobWayTests
{
    [Fact]
    public async Task Job_SubmittedLeasedCompleted_IsInTheCatalogAtEachStep()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var worker = new FakeWorker(cluster, "w1");

        var submitted = await cluster.SubmitAsync(Sample.Job());
        Assert.Equal(JobStatus.Queued, submitted.Status);
        Assert.Equal(JobStatus.Queued, cluster.Catalog.Jobs[submitted.JobId].Status);
        Assert.Equal("default", await cluster.Bus.Messages.ReadAsync());

        var lease = await worker.AcquireAsync();
        Assert.Equal((submitted.JobId, 1L), (lease!.JobId, lease.Epoch));
        Assert.Equal(Sample.Job(), lease.Spec);
        Assert.Equal(JobStatus.Leased, cluster.Catalog.Jobs[submitted.JobId].Status);

        Assert.Equal(HeartbeatReply.Continue, await worker.BeatAsync(lease, 5));
        Assert.Equal(JobStatus.Running, cluster.Catalog.Jobs[submitted.JobId].Status);

        Assert.Equal(AttemptReply.Accepted, await worker.CompleteAsync(lease));
        var done = await cluster.Job(submitted.JobId).Get();
        Assert.Equal(JobStatus.Succeeded, done!.Status);
        Assert.Equal(JobStatus.Succeeded, cluster.Catalog.Jobs[submitted.JobId].Status);
        Assert.Equal(submitted.JobId, cluster.Catalog.Artifacts[done.Result!.Artifact].JobId);
        Assert.Equal(
            [JobStatus.Submitted, JobStatus.Queued, JobStatus.Leased, JobStatus.Running, JobStatus.Succeeded],
            done.Timeline.Select(e => e.Status));
        Assert.Null(await worker.AcquireAsync());
    }

    [Fact]
    public async Task Job_ItsWorkerDies_GoesOnElsewhereFromTheCheckpointAndTheZombieIsFenced()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var (dead, other) = (new FakeWorker(cluster, "dead"), new FakeWorker(cluster, "other"));
        var id = (await cluster.SubmitAsync(Sample.Job())).JobId;
        var old = (await dead.AcquireAsync())!;
        await dead.BeatAsync(old, 10, Sample.Checkpoint(10, 1));

        // The job's own timer finds the lease expired: nothing but the clock is moved.
        cluster.Time.Advance(TimeSpan.FromSeconds(31));
        var requeued = await cluster.UntilAsync(id, v => v.Status == JobStatus.Queued);
        Assert.Equal((1, FailureCause.Infrastructure), (requeued.Failures, requeued.Cause!.Value));

        // The pool hears of it in the background.
        var lease = await cluster.UntilAcquiredAsync(other);
        Assert.Equal((2L, 10L), (lease.Epoch, lease.Checkpoint!.Step));
        Assert.Equal(HeartbeatReply.Fenced, await dead.BeatAsync(old, 11, Sample.Checkpoint(99, 1)));
        Assert.Equal(AttemptReply.Fenced, await dead.CompleteAsync(old));
        Assert.Equal(AttemptReply.Fenced, await dead.FailAsync(old, FailureCause.Invalid));
        Assert.Equal(AttemptReply.Fenced, await dead.ReleaseAsync(old));
        Assert.Equal(10, (await cluster.Job(id).Get())!.Checkpoint!.Step);
        Assert.Equal(AttemptReply.Accepted, await other.CompleteAsync(lease));
    }

    [Fact]
    public async Task Job_LeaseRunsOutLongBeforeTheNextSweep_GoesOnAtThatMoment()
    {
        await using var cluster = await PtuneCluster.StartAsync(options => options.SweepInterval = TimeSpan.FromMinutes(10));
        var worker = new FakeWorker(cluster, "w");
        var id = (await cluster.SubmitAsync(Sample.Job())).JobId;
        var lease = await cluster.UntilAcquiredAsync(worker);

        // A heartbeat puts it off: 20 + 30 s.
        cluster.Time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(HeartbeatReply.Continue, await worker.BeatAsync(lease, 1));
        cluster.Time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(JobStatus.Running, (await cluster.Job(id).Get())!.Status);

        cluster.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, (await cluster.UntilAcquiredAsync(worker)).Epoch);
    }

    [Fact]
    public async Task Job_ItsGrainIsForgotten_WatchesTheLeaseAgain()
    {
        await using var cluster = await PtuneCluster.StartAsync(options => options.SweepInterval = TimeSpan.FromMinutes(10));
        var worker = new FakeWorker(cluster, "w");
        var id = (await cluster.SubmitAsync(Sample.Job())).JobId;
        await cluster.UntilAcquiredAsync(worker);
        await cluster.ForgetAsync(cluster.Job(id));
        await cluster.Job(id).Get();

        cluster.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(2, (await cluster.UntilAcquiredAsync(worker)).Epoch);
    }

    [Fact]
    public async Task Job_HeartbeatsKeepComing_OutlivesItsLease()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var worker = new FakeWorker(cluster, "w1");
        var id = (await cluster.SubmitAsync(Sample.Job())).JobId;
        var lease = (await worker.AcquireAsync())!;
        for (var i = 1; i <= 10; i++)
        {
            cluster.Time.Advance(TimeSpan.FromSeconds(20));
            Assert.Equal(HeartbeatReply.Continue, await worker.BeatAsync(lease, i));
            await cluster.Pool().Sweep();
        }
        Assert.Equal((1L, JobStatus.Running), ((await cluster.Job(id).Get())!.Epoch, (await cluster.Job(id).Get())!.Status));
    }

    [Fact]
    public async Task Job_SiloWasAwayForLongerThanTheLease_TheAttemptGoesOn()
    {
        await using var cluster = await PtuneCluster.StartAsync(o => o.SweepInterval = TimeSpan.FromMinutes(10));
        var worker = new FakeWorker(cluster, "w1");
        var id = (await cluster.SubmitAsync(Sample.Job())).JobId;
        var lease = (await worker.AcquireAsync())!;

        await cluster.ForgetAsync(cluster.Job(id));
        cluster.Time.Advance(TimeSpan.FromMinutes(2));
        await cluster.Pool().Sweep();

        Assert.Equal(HeartbeatReply.Continue, await worker.BeatAsync(lease, 1));
    }

    [Fact]
    public async Task Submit_EqualWorkOfTwoAskers_RunsOnceAndIsCancelledOnlyByTheLast()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var worker = new FakeWorker(cluster, "w1");
        var id = (await cluster.SubmitAsync(Sample.Job(), "ann")).JobId;
        Assert.Equal(id, (await cluster.SubmitAsync(Sample.Job() with { Name = "another name" }, "bob")).JobId);
        var lease = (await worker.AcquireAsync())!;
        await worker.BeatAsync(lease, 1);
        Assert.Null(await worker.AcquireAsync());

        Assert.Equal(JobStatus.Running, (await cluster.Job(id).Cancel("ann"))!.Status);
        Assert.Equal(JobStatus.Cancelling, (await cluster.Job(id).Cancel("bob"))!.Status);
        Assert.Equal(HeartbeatReply.Cancel, await worker.BeatAsync(lease, 2));
        Assert.Equal(AttemptReply.Accepted, await worker.ReleaseAsync(lease, Sample.Checkpoint(2, 1)));
        Assert.Equal(JobStatus.Cancelled, (await cluster.Job(id).Get())!.Status);

        Assert.Equal(JobStatus.Queued, (await cluster.SubmitAsync(Sample.Job(), "cid")).Status);
        var again = await cluster.UntilAcquiredAsync(worker);
        Assert.Equal((2L, 2L), (again.Epoch, again.Checkpoint!.Step));
    }

    [Fact]
    public async Task Job_InputIsAnotherJob_WaitsForItAndGetsItsDigest()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var worker = new FakeWorker(cluster, "w1");
        var first = Pretraining();
        var second = new ScoringSpec { Name = "score", Data = Data, Subject = InputRef.ToJob(Sample.Id(first)) };

        var unknown = await cluster.SubmitAsync(second);
        Assert.Equal((JobStatus.Failed, FailureCause.Dependency), (unknown.Status, unknown.Cause!.Value));
        Assert.Contains("was never submitted", unknown.Message, StringComparison.Ordinal);

        await cluster.SubmitAsync(first);
        var waiting = await cluster.SubmitAsync(second);
        Assert.Equal(JobStatus.Submitted, waiting.Status);
        var lease = await cluster.UntilAcquiredAsync(worker);
        Assert.Equal(Sample.Id(first), lease.JobId);
        Assert.Null(await worker.AcquireAsync());

        await worker.CompleteAsync(lease, Sample.Result("model", ArtifactKind.Model));
        await cluster.Pool().Sweep();
        var scoring = await cluster.UntilAcquiredAsync(worker);
        Assert.Equal(Sample.Digest("model"), scoring.Inputs["subject"]);
    }

    [Fact]
    public async Task Job_InvalidInput_IsNeverTriedAgain()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var worker = new FakeWorker(cluster, "w1");
        var id = (await cluster.SubmitAsync(Sample.Job())).JobId;
        await worker.FailAsync((await worker.AcquireAsync())!, FailureCause.Invalid);
        await cluster.Pool().Sweep();
        Assert.Null(await worker.AcquireAsync());
        Assert.Equal("it broke", (await cluster.Job(id).Get())!.Message);
    }

    [Fact]
    public async Task Job_ItsTimeAfterTheEndIsOver_LeavesTheCatalogAndStillAnswers()
    {
        await using var cluster = await PtuneCluster.StartAsync(o => o.SweepInterval = TimeSpan.FromMinutes(10));
        var worker = new FakeWorker(cluster, "w1");
        var spec = Sample.Job() with { Scheduling = new Scheduling { TtlAfterFinished = "2h" } };
        var id = (await cluster.SubmitAsync(spec)).JobId;
        await worker.CompleteAsync(await cluster.UntilAcquiredAsync(worker));
        Assert.Equal(cluster.Time.GetUtcNow() + TimeSpan.FromHours(2), cluster.Catalog.Jobs[id].Expires);

        await cluster.Pool().Sweep();
        Assert.Contains(id, cluster.Catalog.Jobs);
        cluster.Time.Advance(TimeSpan.FromHours(2));
        await cluster.Pool().Sweep();
        while (cluster.Catalog.Jobs.ContainsKey(id)) await cluster.Pool().Sweep();

        var again = await cluster.SubmitAsync(spec);
        Assert.Equal((JobStatus.Succeeded, 1L), (again.Status, again.Epoch));
        Assert.Contains(again.Result!.Artifact, cluster.Catalog.Artifacts);
    }

    [Fact]
    public async Task Watch_NothingChanges_AnswersAfterItsPatience()
    {
        await using var cluster = await PtuneCluster.StartAsync(o => o.SweepInterval = TimeSpan.FromMinutes(10));
        var view = await cluster.SubmitAsync(Sample.Job());
        var watch = cluster.Job(view.JobId).Watch(view.Version);
        while (!watch.IsCompleted)
        {
            // The call is on its way: the clock moves on until it has begun and its patience has ended.
            cluster.Time.Advance(TimeSpan.FromSeconds(1));
            await cluster.Job(view.JobId).Get();
        }
        Assert.Equal(view.Version, (await watch)!.Version);
    }

    private static DataSpec Data { get; } = new() { Dataset = Sample.Dataset, Split = Split.Test };

    private static PretrainingSpec Pretraining() => new() { Name = "pretrain", Data = Data, Architecture = new MlpSpec(), Recipe = new TrainingRecipe { Epochs = 1 } };
}
