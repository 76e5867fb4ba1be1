using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Grains.Jobs;

namespace Ptune.Grains.Tests.Jobs;

public sealed class InputLookupTests
{
    private static readonly JobInput _digest = new("reward", "scores.reward", Sample.Digest("r"), ArtifactKind.Scores);
    private static readonly JobInput _job = new("target", "scores.target", "job:x", ArtifactKind.Scores);

    [Fact]
    public void Judge_AllThere_GivesDigestsByRole()
    {
        var inputs = InputLookup.Judge([_digest, _job], Jobs(JobStatus.Succeeded));
        Assert.Equal(Sample.Digest("r"), inputs.Digests!["reward"]);
        Assert.Equal(Sample.Digest("made"), inputs.Digests["target"]);
    }

    [Theory]
    [InlineData(JobStatus.Submitted)]
    [InlineData(JobStatus.Queued)]
    [InlineData(JobStatus.Running)]
    [InlineData(JobStatus.Cancelling)]
    public void Judge_JobAtWork_Waits(JobStatus status)
    {
        var inputs = InputLookup.Judge([_digest, _job], Jobs(status));
        Assert.Null(inputs.Digests);
        Assert.Contains("scores.target", inputs.WaitsFor!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(JobStatus.Failed, "failed")]
    [InlineData(JobStatus.Cancelled, "was cancelled")]
    public void Judge_JobEndedBadly_IsAProblem(JobStatus status, string expected) =>
        Assert.Contains(expected, InputLookup.Judge([_job], Jobs(status)).Problem!, StringComparison.Ordinal);

    [Fact]
    public void Judge_UnknownJob_IsAProblem() =>
        Assert.Contains("was never submitted", InputLookup.Judge([_job], new Dictionary<string, JobView?> { ["x"] = null }).Problem!, StringComparison.Ordinal);

    [Fact]
    public void Judge_OtherKindOfArtifact_IsAProblem() =>
        Assert.Contains("produced a Scores, not a Model", InputLookup.Judge([_job with { Kind = ArtifactKind.Model }], Jobs(JobStatus.Succeeded)).Problem!, StringComparison.Ordinal);

    private static Dictionary<string, JobView?> Jobs(JobStatus status) => new()
    {
        ["x"] = JobMachine.View(JobDriver.At("Succeeded").State!) with { Status = status, Result = Sample.Result("made", ArtifactKind.Scores) },
    };
}
