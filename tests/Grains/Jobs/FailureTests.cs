using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Grains.Jobs;

namespace Ptune.Grains.Tests.Jobs;

/// <summary>What becomes of a job whose attempts fail.</summary>
public sealed class FailureTests
{
    [Theory]
    [InlineData(FailureCause.Infrastructure, 100, 20, FailureCause.Infrastructure)]
    [InlineData(FailureCause.Infrastructure, 2, 2, FailureCause.Infrastructure)]
    [InlineData(FailureCause.Crash, 100, 3, FailureCause.Poison)]
    [InlineData(FailureCause.Crash, 2, 2, FailureCause.Crash)]
    [InlineData(FailureCause.OutOfMemory, 100, 6, FailureCause.OutOfMemory)]
    [InlineData(FailureCause.Timeout, 100, 3, FailureCause.Timeout)]
    [InlineData(FailureCause.Invalid, 100, 1, FailureCause.Invalid)]
    [InlineData(FailureCause.Dependency, 100, 1, FailureCause.Dependency)]
    public void Fail_EachCause_IsTriedAsOftenAsItMakesSense(FailureCause cause, int maxAttempts, int attempts, FailureCause reached)
    {
        var job = new JobDriver();
        job.Submit("ann", maxAttempts: maxAttempts);
        while (job.Next() is { } lease) job.Fail(cause, lease.Epoch);
        Assert.Equal((JobStatus.Failed, reached, attempts, attempts), (job.State!.Status, job.State.Cause!.Value, job.State.Failures, (int)job.State.Epoch));
        Assert.Contains("it broke", job.State.Message!, StringComparison.Ordinal);
    }

    [Fact]
    public void Fail_WithDetails_AreInTheStateAndTheTimelineUntilAResult()
    {
        var job = new JobDriver();
        job.Submit("ann");
        job.Fail(FailureCause.Crash, job.Next()!.Epoch, details: new FailureDetails(1, 139, "SIGSEGV", ["one", "two"]));
        var view = JobMachine.View(job.State!);
        Assert.Equal((1L, 139, "SIGSEGV"), (view.Failure!.Epoch, view.Failure.ExitCode, view.Failure.Signal));
        Assert.Equal(["one", "two"], view.Failure.LastLines);
        Assert.Equal((JobStatus.Queued, 139, "SIGSEGV"), (view.Timeline[^1].Status, view.Timeline[^1].ExitCode, view.Timeline[^1].Signal));

        // A later failure of which nothing more is known does not bear the former one's details.
        job.Fail(FailureCause.Infrastructure, job.Next()!.Epoch);
        Assert.Null(job.State!.Failure);
        job.Fail(FailureCause.Crash, job.Next()!.Epoch, details: new FailureDetails(0, 1, null, []));
        Assert.Equal(3, job.State!.Failure!.Epoch);
        job.Complete(job.Next()!.Epoch);
        Assert.Null(job.State!.Failure);
        Assert.Equal([139, 1], job.State.Timeline.Where(e => e.ExitCode is not null).Select(e => e.ExitCode!.Value));
    }

    [Fact]
    public void Lease_AfterACheckpoint_NotesTheStepThatItGoesOnFrom()
    {
        var job = new JobDriver();
        job.Submit("ann");
        var first = job.Next()!;
        Assert.Equal(0, JobMachine.View(job.State!).StartStep);
        job.Beat(7, first.Epoch, checkpoint: Sample.Checkpoint(5, first.Epoch));
        job.Fail(FailureCause.Crash, first.Epoch);
        var second = job.Next()!;
        job.Beat(9, second.Epoch, checkpoint: Sample.Checkpoint(9, second.Epoch));
        Assert.Equal(5, JobMachine.View(job.State!).StartStep);
    }

    [Fact]
    public void Fail_DifferentCauses_HaveBudgetsOfTheirOwn()
    {
        var job = new JobDriver();
        job.Submit("ann", maxAttempts: 3);
        foreach (var cause in new[] { FailureCause.Crash, FailureCause.Infrastructure, FailureCause.Timeout, FailureCause.Crash, FailureCause.Infrastructure, FailureCause.Timeout })
            job.Fail(cause, job.Next()!.Epoch);
        Assert.Equal((JobStatus.Queued, 6), (job.State!.Status, job.State.Failures));
        job.Fail(FailureCause.Crash, job.Next()!.Epoch);
        Assert.Equal((JobStatus.Failed, FailureCause.Poison), (job.State.Status, job.State.Cause!.Value));
    }

    [Fact]
    public void Fail_AfterProgress_CountsAnew()
    {
        var job = new JobDriver();
        job.Submit("ann", maxAttempts: 2);
        for (var step = 1; step <= 10; step++)
        {
            var lease = job.Next()!;
            job.Beat(step, lease.Epoch, checkpoint: Sample.Checkpoint(step, lease.Epoch));
            job.Fail(FailureCause.Crash, lease.Epoch);
        }
        Assert.Equal((JobStatus.Queued, 10), (job.State!.Status, job.State.Failures));
        job.Fail(FailureCause.Crash, job.Next()!.Epoch);
        Assert.Equal(JobStatus.Failed, job.State.Status);
    }

    [Fact]
    public void Fail_CheckpointsThatGoNoFurther_AreNoProgress()
    {
        var job = new JobDriver();
        job.Submit("ann", maxAttempts: 3);
        for (var i = 1; i <= 3; i++)
        {
            var lease = job.Next()!;
            job.Beat(5, lease.Epoch, checkpoint: Sample.Checkpoint(5, lease.Epoch));
            job.Fail(FailureCause.Infrastructure, lease.Epoch);
        }
        Assert.Equal(JobStatus.Failed, job.State!.Status);
    }

    [Fact]
    public void Fail_WithAWait_SaysUntilWhenAndRefusesLeasesUntilThen()
    {
        var job = JobDriver.At("Running");
        job.Fail(FailureCause.Crash);
        var until = job.State!.NotBefore!.Value;
        Assert.InRange((until - job.Now).TotalSeconds, 0, 2);
        Assert.StartsWith($"retries at {until:yyyy-MM-dd HH:mm:ss}Z after a failure (Crash, 1 of 3): it broke", job.State.Message, StringComparison.Ordinal);
        Assert.Equal(until, JobMachine.View(job.State).NotBefore);
        Assert.Equal(until, JobRows.Queued(job.State).NotBefore);
        Assert.StartsWith("it is in back-off until", job.Lease().Denied, StringComparison.Ordinal);
        Assert.Equal(2, job.Next()!.Epoch);
        Assert.Null(job.State.NotBefore);
    }

    [Fact]
    public void Fail_OutOfMemory_NextAttemptComputesSmallerParts()
    {
        var job = new JobDriver();
        job.Submit(new PretrainingSpec
        {
            Data = new DataSpec { Dataset = Sample.Dataset, Split = Split.Pretraining },
            Architecture = new MlpSpec(),
            Recipe = new TrainingRecipe { BatchSize = 5 },
            Scheduling = new Scheduling { MaxAttempts = 100 },
        });
        var parts = new List<int>();
        while (job.Next() is { } lease)
        {
            parts.Add(lease.BatchParts);
            job.Fail(FailureCause.OutOfMemory, lease.Epoch);
        }
        Assert.Equal([1, 2, 4, 4, 4, 4], parts);
        Assert.Equal(1, job.Retry()!.BatchParts);
    }

    [Fact]
    public void Fail_RuleSaysDoNotRetry_HasFailed()
    {
        var job = JobDriver.At("Running");
        job.Fail(FailureCause.Infrastructure, rule: new LogRule { Pattern = "x", Action = LogRuleAction.DoNotRetry });
        Assert.Equal((JobStatus.Failed, FailureCause.Infrastructure), (job.State!.Status, job.State.Cause!.Value));
        Assert.Contains("rule of its spec", job.State.Timeline[^1].Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Fail_RuleSaysNotOnThisWorker_IsGivenToOthersOnly()
    {
        var job = JobDriver.At("Running");
        job.Fail(FailureCause.Infrastructure, rule: new LogRule { Pattern = "x", Action = LogRuleAction.NotOnThisWorker });
        Assert.Equal(["w"], JobRows.Queued(job.State!).ExcludedWorkers!);
        Assert.Equal("w is excluded after a failure there", job.Lease("w").Denied);
        Assert.NotNull(job.Lease("v").Lease);
    }

    [Fact]
    public void Timeline_OfAFailureAndACancellation_SaysTheCauses()
    {
        var job = JobDriver.At("Running");
        job.Fail(FailureCause.Infrastructure);
        job.Next();
        job.Cancel(null);
        job.Release(epoch: 2);
        Assert.Equal(
            [null, null, null, null, FailureCause.Infrastructure, null, FailureCause.User, FailureCause.User],
            job.State!.Timeline.Select(e => e.Cause));
    }

    [Fact]
    public void Sweep_PastItsDeadline_FailsTheJobAndFencesItsWorker()
    {
        var job = new JobDriver();
        job.Submit(Sample.Job() with { Scheduling = new Scheduling { ActiveDeadline = "1h" } });
        job.Now += TimeSpan.FromHours(3);
        job.Sweep();
        Assert.Equal(JobStatus.Queued, job.State!.Status);
        job.Lease();
        for (var minute = 0; minute < 59; minute++)
        {
            job.Now += TimeSpan.FromMinutes(1);
            job.Beat(minute);
        }
        Assert.Equal(JobStatus.Running, job.Sweep()!.Status);
        job.Now += TimeSpan.FromMinutes(1);
        Assert.Equal((JobStatus.Failed, FailureCause.Timeout), (job.Sweep()!.Status, job.State.Cause!.Value));
        Assert.Equal(HeartbeatReply.Fenced, job.Beat(60));
    }

    [Fact]
    public void Lease_PastTheDeadline_FailsTheJob()
    {
        var job = new JobDriver();
        job.Submit(Sample.Job() with { Scheduling = new Scheduling { ActiveDeadline = "1h" } });
        job.Lease();
        job.Release();
        job.Now += TimeSpan.FromHours(1);
        Assert.Equal("its deadline has passed", job.Lease().Denied);
        Assert.Equal((JobStatus.Failed, FailureCause.Timeout), (job.State!.Status, job.State.Cause!.Value));
    }

    [Fact]
    public void Sweep_PastItsDeadlineWhileSuspended_WaitsAndStartsTheTimeAnew()
    {
        var job = new JobDriver();
        job.Submit(Sample.Job() with { Scheduling = new Scheduling { ActiveDeadline = "1h" } });
        job.Lease();
        job.Suspend();
        job.Release();
        job.Now += TimeSpan.FromDays(1);
        Assert.Equal(JobStatus.Suspended, job.Sweep()!.Status);
        job.Resume();
        Assert.Equal(JobStatus.Queued, job.Sweep()!.Status);
        job.Lease();
        Assert.Equal(JobStatus.Leased, job.Sweep()!.Status);
    }

    [Theory]
    [InlineData("Cancelling", JobStatus.Cancelled)]
    [InlineData("Suspending", JobStatus.Suspended)]
    [InlineData("Preempted", JobStatus.Queued)]
    public void Sweep_WorkerDoesNotStop_IsTakenFromItWithoutAFailure(string status, JobStatus reached)
    {
        var job = JobDriver.At(status);
        for (var seconds = 0; seconds < 110; seconds += 10)
        {
            job.Now += TimeSpan.FromSeconds(10);
            job.Beat(2);
            Assert.True(job.Sweep()!.Status.IsHeld);
        }
        job.Now += TimeSpan.FromSeconds(10);
        Assert.Equal((reached, 0), (job.Sweep()!.Status, job.State!.Failures));
        Assert.Equal(HeartbeatReply.Fenced, job.Beat(3));
    }
}
