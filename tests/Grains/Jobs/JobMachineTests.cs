using System.Text.Json;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Grains.Jobs;

namespace Ptune.Grains.Tests.Jobs;

public sealed class JobMachineTests
{
    [Fact]
    public void Submit_OtherWorkUnderTheId_Throws()
    {
        var job = JobDriver.At("Queued");
        var other = new JobSubmission(Sample.Job(seed: 2), "bob", "x");
        Assert.Throws<ArgumentException>(() => JobMachine.Submit(job.State, job.Id, other, JobDriver.Ready, JobDriver.Rules, job.Now));
    }

    [Fact]
    public void Submit_HigherPriorityAsked_RaisesTheJobAndTellsItsPool()
    {
        var job = new JobDriver();
        job.Submit("ann", priority: 10);
        Assert.Equal(500, job.Submit("bob", priority: 500).Priority);
        Assert.True(job.State!.Outbox.Has(JobEffects.Pool));
        Assert.Equal(10, job.Cancel("bob")!.Priority);
    }

    [Fact]
    public void Submit_SameAskerTwice_ChangesNothing()
    {
        var job = JobDriver.At("Queued");
        var before = job.State;
        job.Submit("ann");
        Assert.Same(before, job.State);
    }

    [Fact]
    public void Submit_InputIsMissing_FailsWithTheReason()
    {
        var job = new JobDriver();
        var view = job.Submit("ann", inputs: JobInputs.Missing("input source: job x was never submitted"));
        Assert.Equal((JobStatus.Failed, FailureCause.Dependency, "input source: job x was never submitted"), (view.Status, view.Cause!.Value, view.Message));
    }

    [Fact]
    public void Submit_AfterFailure_StartsAnewFromTheCheckpointWithRisingEpoch()
    {
        var job = new JobDriver();
        job.Submit("ann", maxAttempts: 1);
        job.Lease();
        job.Beat(5, checkpoint: Sample.Checkpoint(5, 1));
        job.Fail(FailureCause.Crash);
        Assert.Equal(JobStatus.Failed, job.State!.Status);

        var view = job.Submit("bob", maxAttempts: 1);
        Assert.Equal((JobStatus.Queued, 0, 5L), (view.Status, view.Failures, view.Checkpoint!.Step));
        Assert.Equal(["bob"], view.Askers);
        Assert.Equal((2L, 5L), (job.Lease().Lease!.Epoch, job.State!.Checkpoint!.Step));
    }

    [Fact]
    public void Submit_AfterInvalid_StartsFromTheStart()
    {
        var job = JobDriver.At("Queued");
        job.Lease();
        job.Beat(5, epoch: 2, checkpoint: Sample.Checkpoint(5, 2));
        job.Fail(FailureCause.Invalid, epoch: 2);
        Assert.Null(job.Submit("ann").Checkpoint);
    }

    [Fact]
    public void Submit_WhileCancelling_GoesOnForTheNewAskerOnly()
    {
        var job = JobDriver.At("Cancelling");
        Assert.Equal(HeartbeatReply.Cancel, job.Beat(2));
        Assert.Equal(["bob"], job.Submit("bob").Askers);
        Assert.Equal(HeartbeatReply.Continue, job.Beat(3));
        job.Release();
        Assert.Equal(JobStatus.Queued, job.State!.Status);
    }

    [Fact]
    public void Cancel_Unknown_ChangesNothing()
    {
        var job = JobDriver.At("Running");
        var before = job.State;
        Assert.Equal(JobStatus.Running, job.Cancel("nobody")!.Status);
        Assert.Same(before, job.State);
    }

    [Fact]
    public void Release_WhileCancelling_KeepsTheCheckpoint()
    {
        var job = JobDriver.At("Cancelling");
        job.Release(checkpoint: Sample.Checkpoint(7, 1));
        Assert.Equal((JobStatus.Cancelled, 7L), (job.State!.Status, job.State.Checkpoint!.Step));
        Assert.True(job.State.Outbox.Has(JobEffects.Asker, "ann"));
    }

    [Fact]
    public void Release_OfARunningJob_IsNoFailure()
    {
        var job = JobDriver.At("Running");
        job.Release(checkpoint: Sample.Checkpoint(7, 1));
        Assert.Equal((0, JobStatus.Queued, 7L), (job.State!.Failures, job.State.Status, job.State.Checkpoint!.Step));
    }

    [Theory]
    [InlineData(1, "v")]
    [InlineData(2, "w")]
    [InlineData(0, "w")]
    public void Attempt_OfAnotherWorkerOrEpoch_IsFenced(long epoch, string worker)
    {
        var job = JobDriver.At("Running");
        var before = job.State;
        Assert.Equal(HeartbeatReply.Fenced, job.Beat(9, epoch, worker, Sample.Checkpoint(9, epoch)));
        Assert.Equal(AttemptReply.Fenced, job.Complete(epoch, worker));
        Assert.Equal(AttemptReply.Fenced, job.Fail(FailureCause.Invalid, epoch, worker));
        Assert.Equal(AttemptReply.Fenced, job.Release(epoch, worker));
        Assert.Same(before, job.State);
    }

    [Fact]
    public void Complete_Twice_IsAcceptedButOtherArtifactsAreNot()
    {
        var job = JobDriver.At("Succeeded");
        var before = job.State;
        Assert.Equal(AttemptReply.Accepted, job.Complete());
        Assert.Equal(AttemptReply.Fenced, job.Complete(artifact: "another"));
        Assert.Same(before, job.State);
    }

    [Fact]
    public void Complete_NoDigest_Throws()
    {
        var job = JobDriver.At("Running");
        var completion = new AttemptCompletion("w", 1, Sample.Result() with { Artifact = "model.bin" });
        Assert.Throws<ArgumentException>(() => JobMachine.Complete(job.State, completion, JobDriver.Rules, job.Now));
    }

    [Fact]
    public void Complete_Accepted_OwesAllAWord()
    {
        var kinds = JobDriver.At("Succeeded").State!.Outbox.Pending.Select(e => e.Kind).Distinct().Order();
        Assert.Equal([JobEffects.Asker, JobEffects.Pool, JobEffects.Row], kinds);
    }

    [Fact]
    public void Heartbeat_OlderCheckpoint_IsNotTaken()
    {
        var job = JobDriver.At("Running");
        job.Beat(8, checkpoint: Sample.Checkpoint(8, 1));
        job.Beat(9, checkpoint: Sample.Checkpoint(4, 1));
        Assert.Equal(8, job.State!.Checkpoint!.Step);
        job.Beat(9, checkpoint: Sample.Checkpoint(50, 7));
        Assert.Equal(8, job.State!.Checkpoint!.Step);
    }

    [Fact]
    public void Heartbeat_WithANote_IsSaidOnceInTheTimeline()
    {
        var job = JobDriver.At("Running");
        job.Beat(2, note: "its checkpoint cannot be used");
        Assert.False(job.WasVolatile);
        job.Beat(3, note: "its checkpoint cannot be used");
        Assert.Equal((JobStatus.Running, "its checkpoint cannot be used"), (job.State!.Timeline[^1].Status, job.State.Timeline[^1].Why));
        Assert.Equal(5, job.State.Timeline.Length);
    }

    [Fact]
    public void Heartbeat_LaterAttemptsSmallerStep_IsNewer()
    {
        var job = JobDriver.At("Running");
        job.Beat(8, checkpoint: Sample.Checkpoint(8, 1));
        job.Late();
        job.Lease();
        job.Beat(3, epoch: 2, checkpoint: Sample.Checkpoint(3, 2));
        Assert.Equal((3L, 2L), (job.State!.Checkpoint!.Step, job.State.Checkpoint.Epoch));
    }

    [Fact]
    public void Heartbeat_ProgressAlone_IsWrittenOnceAThirdOfTheLease()
    {
        var job = JobDriver.At("Running");
        job.Now += TimeSpan.FromSeconds(5);
        job.Beat(2);
        Assert.True(job.WasVolatile);
        Assert.Equal(job.Now + TimeSpan.FromSeconds(30), job.State!.LeaseExpires);
        job.Now += TimeSpan.FromSeconds(5);
        job.Beat(3);
        Assert.False(job.WasVolatile);
        job.Beat(4, checkpoint: Sample.Checkpoint(4, 1));
        Assert.False(job.WasVolatile);
    }

    [Fact]
    public void Sweep_LeaseExpiresTooOften_FailsTheJob()
    {
        var job = JobDriver.At("None");
        job.Submit("ann", maxAttempts: 2);
        for (var i = 0; i < 2; i++)
        {
            job.Lease();
            job.Late();
        }
        Assert.Equal((JobStatus.Failed, FailureCause.Infrastructure), (job.State!.Status, job.State.Cause!.Value));
    }

    [Fact]
    public void Awake_HeldJob_GetsAWholeLeaseAgain()
    {
        var job = JobDriver.At("Running");
        var later = job.Now + TimeSpan.FromHours(1);
        Assert.Equal(later + JobDriver.Rules.LeaseDuration, JobMachine.Awake(job.State!, JobDriver.Rules, later).LeaseExpires);
        var queued = JobDriver.At("Queued").State!;
        Assert.Same(queued, JobMachine.Awake(queued, JobDriver.Rules, later));
    }

    [Fact]
    public void Awake_ClockWasSetBackMeanwhile_WaitsForNothingThatLiesFarAhead()
    {
        var earlier = JobDriver.At("None").Now - TimeSpan.FromDays(3);
        var held = JobMachine.Awake(JobDriver.At("Running").State! with { StopAsked = JobDriver.At("None").Now }, JobDriver.Rules, earlier);
        Assert.Equal((earlier + JobDriver.Rules.LeaseDuration, earlier, earlier, earlier), (held.LeaseExpires, held.LeaseStored, held.StopAsked, held.ActiveSince));
        var waiting = JobMachine.Awake(JobDriver.At("Queued").State! with { NotBefore = JobDriver.At("None").Now }, JobDriver.Rules, earlier);
        Assert.Equal(earlier + JobDriver.Rules.Retries.Longest, waiting.NotBefore);
    }

    [Fact]
    public void Timeline_OverlyLong_KeepsTheFirstAndTheNewestAndCountsTheRest()
    {
        var job = new JobDriver();
        job.Submit("ann");
        for (var i = 1; i <= 150; i++)
        {
            job.Lease();
            job.Release(epoch: i);
        }
        var view = JobMachine.View(job.State!);
        Assert.Equal((JobDriver.Rules.TimelineLength, 302L - JobDriver.Rules.TimelineLength), (view.Timeline.Length, view.TimelineDropped));
        Assert.Equal((JobStatus.Submitted, 0L), (view.Timeline[0].Status, view.Timeline[0].Epoch));
        Assert.Equal((JobStatus.Queued, 150L), (view.Timeline[^1].Status, view.Timeline[^1].Epoch));
        Assert.Equal(24, view.Timeline[49].Epoch);
        Assert.Equal(76, view.Timeline[50].Epoch);
    }

    [Fact]
    public void State_AsJson_ComesBackWithTheSpecsKind()
    {
        var state = JobDriver.At("Succeeded").State!;
        var json = JsonSerializer.Serialize(state, SpecJson.Options);
        var back = JsonSerializer.Deserialize<JobState>(json, SpecJson.Options)!;
        Assert.Equal(state.Spec, back.Spec);
        Assert.Equal(json, JsonSerializer.Serialize(back, SpecJson.Options));
    }
}
