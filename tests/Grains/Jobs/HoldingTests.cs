using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Grains.Jobs;

namespace Ptune.Grains.Tests.Jobs;

/// <summary>Suspend, resume, retry and preempt, beyond what <see cref="JobTableTests"/> says of the statuses.</summary>
public sealed class HoldingTests
{
    [Fact]
    public void Retry_JobThatIsStillBeingCancelled_GoesOnForTheSameAskers()
    {
        var job = JobDriver.At("Cancelling");
        Assert.Equal((JobStatus.Running, null), job.Retry() is { } view ? (view.Status, view.Cause) : default);
        Assert.Equal(HeartbeatReply.Continue, job.Beat(2));
        Assert.Equal(AttemptReply.Accepted, job.Release());
        Assert.Equal(JobStatus.Queued, job.State!.Status);
        Assert.Equal(JobStatus.Cancelled, job.Cancel("ann")!.Status);
    }

    [Fact]
    public void Suspend_RunningJob_IsAskedToSuspendAndGoesOnFromItsCheckpoint()
    {
        var job = JobDriver.At("Running");
        Assert.Equal((JobStatus.Suspending, FailureCause.User, "suspended by ann"), Seen(job.Suspend()!));
        Assert.Equal(HeartbeatReply.Suspend, job.Beat(2));
        job.Release(checkpoint: Sample.Checkpoint(7, 1));
        Assert.Equal((JobStatus.Suspended, FailureCause.User, "suspended by ann"), Seen(JobMachine.View(job.State!)));
        Assert.Equal((0, "ann"), (job.State!.Failures, Assert.Single(job.State.Askers).Name));

        Assert.Null(job.Resume()!.Cause);
        Assert.Equal("resumed; it continues from step 7", job.State!.Timeline[^1].Why);
        Assert.Equal((2L, 7L), (job.Lease().Lease!.Epoch, job.State.Checkpoint!.Step));
    }

    [Fact]
    public void Suspend_QueuedJob_LeavesItsPoolsQueue()
    {
        var job = JobDriver.At("Queued");
        job.Suspend();
        Assert.True(job.State!.Outbox.Has(JobEffects.Pool));
        Assert.Equal("it is Suspended, not queued", job.Lease().Denied);
    }

    [Fact]
    public void Resume_WhileTheWorkerStops_IsQueuedWhenItReleases()
    {
        var job = JobDriver.At("Suspending");
        Assert.Equal(JobStatus.Running, job.Resume()!.Status);
        Assert.Equal(HeartbeatReply.Continue, job.Beat(2));
        job.Release();
        Assert.Equal(JobStatus.Queued, job.State!.Status);
    }

    [Fact]
    public void Resume_BeforeTheInputsWereThere_WaitsForThemAgain()
    {
        var job = JobDriver.At("Submitted");
        job.Suspend();
        job.Sweep();
        Assert.Equal(JobStatus.Suspended, job.State!.Status);
        Assert.Equal(JobStatus.Submitted, job.Resume()!.Status);
        Assert.Equal(JobStatus.Queued, job.Sweep()!.Status);
    }

    [Fact]
    public void Preempt_RunningJob_GoesBackIntoTheQueueWithoutAFailure()
    {
        var job = JobDriver.At("Running");
        Assert.Equal((JobStatus.Suspending, FailureCause.Preempted, "preempted by a job of priority 500"), Seen(job.Preempt()!));
        Assert.Equal(HeartbeatReply.Suspend, job.Beat(2));
        job.Release(checkpoint: Sample.Checkpoint(7, 1));
        var view = JobMachine.View(job.State!);
        Assert.Equal((JobStatus.Queued, FailureCause.Preempted, 0, 7L), (view.Status, view.Cause, view.Failures, view.Checkpoint!.Step));
        Assert.Contains("preempted by a job of priority 500; returned by w", view.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Preempt_ItsWorkerIsLost_IsNoFailureEither()
    {
        var job = JobDriver.At("Preempted");
        job.Late();
        Assert.Equal((JobStatus.Queued, 0), (job.State!.Status, job.State.Failures));
    }

    [Fact]
    public void Suspend_PreemptedJob_StaysAwayFromTheQueue()
    {
        var job = JobDriver.At("Preempted");
        Assert.Equal(FailureCause.User, job.Suspend()!.Cause);
        job.Release();
        Assert.Equal(JobStatus.Suspended, job.State!.Status);
    }

    [Fact]
    public void Cancel_SuspendedJob_TellsItsAsker()
    {
        var job = JobDriver.At("Suspended");
        job.Cancel("ann");
        Assert.True(job.State!.Outbox.Has(JobEffects.Asker, "ann"));
    }

    [Theory]
    [InlineData("Suspending")]
    [InlineData("Suspended")]
    [InlineData("Preempted")]
    public void Submit_WhileHeldBack_JoinsAndDoesNotResume(string status)
    {
        var job = JobDriver.At(status);
        var before = job.State!.Status;
        Assert.Equal(["ann", "bob"], job.Submit("bob").Askers);
        Assert.Equal(before, job.State.Status);
    }

    [Fact]
    public void Retry_CancelledJob_GoesOnForThoseWhoAskedLast()
    {
        var job = JobDriver.At("Cancelling");
        job.Release(checkpoint: Sample.Checkpoint(7, 1));
        var view = job.Retry()!;
        Assert.Equal((JobStatus.Queued, 0), (view.Status, view.Failures));
        Assert.False(job.State!.Askers.Single().IsLeaving);
        Assert.Equal(7, job.Lease().Lease!.Checkpoint!.Step);
    }

    [Fact]
    public void Retry_InputHasFailed_FailsAgainWithTheReason()
    {
        var job = JobDriver.At("Failed");
        Assert.Equal(FailureCause.Dependency, job.Retry(JobInputs.Missing("input source: job x failed"))!.Cause);
    }

    [Fact]
    public void Fail_WhileSuspending_IsCountedAndKeptInTheMessage()
    {
        var job = JobDriver.At("Suspending");
        job.Fail(FailureCause.Infrastructure);
        Assert.Equal((JobStatus.Suspended, 1, "it broke"), (job.State!.Status, job.State.Failures, job.State.Message));
    }

    private static (JobStatus Status, FailureCause Cause, string? Message) Seen(JobView view) => (view.Status, view.Cause!.Value, view.Message);
}
