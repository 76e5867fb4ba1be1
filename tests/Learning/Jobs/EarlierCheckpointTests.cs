using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Identity;
using Ptune.Learning.Jobs;

namespace Ptune.Learning.Tests.Jobs;

/// <summary>A worker is upgraded while its jobs are under way: they go on.</summary>
public sealed class EarlierCheckpointTests : IDisposable
{
    // Between processors, not between revisions: where the recording was made the figures are equal.
    private const double _rounding = 1e-3;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("FineTuning")]
    [InlineData("RewardTuning")]
    public void Run_FromACheckpointOfAnEarlierRevision_EndsWhereThatRevisionEnded(string kind)
    {
        var job = new RecordedJob(_folder.Path, kind);
        var steps = new List<long>();
        var outcome = Assert.IsType<JobOutcome.Completed>(JobRunner.Run(job.Run() with { Checkpoint = job.Checkpoint, OnProgress = progress => steps.Add(progress.Step) }));
        Assert.Equal(3, steps[0]);
        Assert.Equal(job.Manifest.Metrics[MetricNames.Steps], outcome.Metrics[MetricNames.Steps]);
        Assert.Equal(job.Manifest.Metrics[MetricNames.FirstLoss], outcome.Metrics[MetricNames.FirstLoss]);
        Assert.Equal(job.Manifest.Metrics[MetricNames.FinalLoss], outcome.Metrics[MetricNames.FinalLoss], _rounding);
    }

    [Theory]
    [InlineData("FineTuning")]
    [InlineData("RewardTuning")]
    public void Run_CheckpointOfOtherInputs_IsRefused(string kind)
    {
        var run = new RecordedJob(_folder.Path, kind).Run();
        using var stop = new CancellationTokenSource();
        var stopped = Assert.IsType<JobOutcome.Stopped>(JobRunner.Run(run with { Stop = stop.Token, OnProgress = _ => stop.Cancel() }));
        var inputs = run.InputDigests.ToDictionary(input => input.Key, _ => Digest.Of("another"));
        var error = Assert.Throws<CheckpointException>(() => JobRunner.Run(run with { InputDigests = inputs, Checkpoint = stopped.Checkpoint, WorkFolder = _folder.Folder("other") }));
        Assert.Contains("another recipe", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_InputWithoutItsDigest_IsRefused()
    {
        var job = new RecordedJob(_folder.Path, "FineTuning");
        var error = Assert.Throws<LearningException>(() => JobRunner.Run(job.Run() with { InputDigests = new Dictionary<string, string>() }));
        Assert.Contains("digest of the job's input 'base'", error.Message, StringComparison.Ordinal);
    }
}
