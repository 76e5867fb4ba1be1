using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;

namespace Ptune.Contracts.Tests.Jobs;

public sealed class ProgressEstimateTests
{
    private static readonly DateTimeOffset _begin = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_FirstAttempt_GoesOnAtItsPace() => Assert.Equal(new(0.25, TimeSpan.FromMinutes(30)), ProgressEstimate.Of(Job(step: 25), _begin.AddMinutes(10)));

    [Fact]
    public void Of_LaterAttempt_CountsOnlyItsOwnSteps() =>
        Assert.Equal(new(0.6, TimeSpan.FromMinutes(40)), ProgressEstimate.Of(Job(step: 60, epoch: 2, checkpoint: (50, 1)), _begin.AddMinutes(10)));

    [Fact]
    public void Of_LaterAttemptWhoseBeginIsNotKnown_SaysOnlyHowFar() =>
        Assert.Equal(new(0.6, null), ProgressEstimate.Of(Job(step: 60, epoch: 2, checkpoint: (55, 2)), _begin.AddMinutes(10)));

    [Fact]
    public void Of_AttemptWithACheckpointOfItsOwn_CountsFromItsNotedStep() =>
        Assert.Equal(new(0.6, TimeSpan.FromMinutes(40)), ProgressEstimate.Of(Job(step: 60, epoch: 2, checkpoint: (55, 2)) with { StartStep = 50 }, _begin.AddMinutes(10)));

    [Fact]
    public void Of_TheServerHasMeasured_BelievesThatAndNoWallClock() =>
        Assert.Equal(new(0.25, TimeSpan.FromMinutes(30)), ProgressEstimate.Of(Job(step: 25) with { Running = TimeSpan.FromMinutes(10) }, _begin.AddDays(-3)));

    [Theory]
    [InlineData(-3)]
    [InlineData(2_900_000)]
    public void Of_ClocksDisagree_SaysOnlyHowFar(int days) =>
        Assert.Equal(new(0.01, null), ProgressEstimate.Of(Job(step: 1), _begin.AddDays(days)));

    [Fact]
    public void Of_NoStepYet_SaysOnlyHowFar() => Assert.Equal(new(0, null), ProgressEstimate.Of(Job(step: 0), _begin.AddMinutes(10)));

    [Fact]
    public void Of_AllStepsDone_HasNothingLeft() => Assert.Equal(new(1, TimeSpan.Zero), ProgressEstimate.Of(Job(step: 100), _begin.AddMinutes(10)));

    [Theory]
    [InlineData(JobStatus.Queued)]
    [InlineData(JobStatus.Succeeded)]
    public void Of_JobInNobodysHands_IsNull(JobStatus status) => Assert.Null(ProgressEstimate.Of(Job(step: 5) with { Status = status }, _begin.AddMinutes(10)));

    private static JobView Job(long step, long epoch = 1, (long Step, long Epoch)? checkpoint = null) => new()
    {
        JobId = "default.0123456789abcdef0123456789abcdef",
        Kind = "NoOp",
        Name = "",
        Status = JobStatus.Running,
        Version = 1,
        Epoch = epoch,
        Spec = new NoOpSpec(),
        Pool = "default",
        Priority = 100,
        Askers = [],
        Progress = new JobProgress(step, 100, null, 0),
        Checkpoint = checkpoint is { } point ? new StoredCheckpoint("blob", "digest", 1, point.Step, point.Epoch) : null,
        Created = _begin,
        Timeline = [new JobEvent(_begin.AddHours(-1), JobStatus.Leased, epoch - 1, ""), new JobEvent(_begin, JobStatus.Leased, epoch, "")],
    };
}
