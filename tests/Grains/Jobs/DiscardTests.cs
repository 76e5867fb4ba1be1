using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Grains.Jobs;

namespace Ptune.Grains.Tests.Jobs;

/// <summary>What becomes of a job whose artifact is removed.</summary>
public sealed class DiscardTests
{
    [Fact]
    public void Discard_ItsArtifact_TheJobHasNoResultAndSaysWhy()
    {
        var job = JobDriver.At("Succeeded");
        var artifact = job.State!.Result!.Artifact;
        var view = job.Discard(artifact)!;
        Assert.Equal((JobStatus.Cancelled, null, FailureCause.User), (view.Status, view.Result, view.Cause!.Value));
        Assert.Contains("its artifact was removed", view.Message, StringComparison.Ordinal);
        Assert.True(job.State!.Outbox.Has(JobEffects.Row));
    }

    [Fact]
    public void Discard_ThenSubmit_ComputesItAgainFromTheBeginning()
    {
        var job = JobDriver.At("Running");
        job.Beat(2, checkpoint: Sample.Checkpoint(2, 1));
        job.Complete();
        job.Discard(job.State!.Result!.Artifact);
        Assert.Equal(JobStatus.Queued, job.Submit("bob").Status);
        var lease = job.Lease().Lease!;
        Assert.Equal((2L, null), (lease.Epoch, lease.Checkpoint));
        Assert.Equal(AttemptReply.Accepted, job.Complete(epoch: 2));
        Assert.Equal(JobStatus.Succeeded, job.State!.Status);
    }

    [Fact]
    public void Discard_AnotherArtifact_ChangesNothing()
    {
        var job = JobDriver.At("Succeeded");
        var before = job.State;
        job.Discard(Sample.Digest("another"));
        Assert.Same(before, job.State);
    }

    [Theory]
    [InlineData("Submitted")]
    [InlineData("Queued")]
    [InlineData("Running")]
    [InlineData("Failed")]
    [InlineData("Cancelled")]
    public void Discard_JobWithoutAResult_ChangesNothing(string status)
    {
        var job = JobDriver.At(status);
        var before = job.State;
        job.Discard(Sample.Digest("artifact"));
        Assert.Same(before, job.State);
    }

    [Fact]
    public void Judge_InputWasRemoved_SaysSo()
    {
        var job = JobDriver.At("Succeeded");
        var view = job.Discard(job.State!.Result!.Artifact)!;
        var inputs = InputLookup.Judge([new JobInput("target", "target", "job:x", ArtifactKind.Model)], new Dictionary<string, JobView?> { ["x"] = view });
        Assert.Contains("its artifact was removed", inputs.Problem, StringComparison.Ordinal);
        Assert.Contains("submit it again", inputs.Problem, StringComparison.Ordinal);
    }
}
