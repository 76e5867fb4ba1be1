using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Specs;
using Ptune.Learning.Jobs;

namespace Ptune.Learning.Tests.Jobs.Language;

/// <summary>What a port costs is measured by a job of its own. Nothing here depends on how fast the machine is: the clock moves on when it is looked at.</summary>
public sealed class TimingJobsTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TinyLanguage _jobs;
    private readonly SteppingClock _clock = new();

    public TimingJobsTests()
    {
        _jobs = new TinyLanguage(_folder.Path);
        _jobs.Complete("base", TinyLanguage.Pretraining(_jobs.Texts()));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_PatchAgainstTheBareModel_TimesBothInTurns()
    {
        _jobs.Complete("patch", TinyLanguage.FineTuning(_jobs.Pairs(), new LoraMethod { Rank = 2 }), ("base", _jobs.Output("base")));

        var timed = Time(new TimingSpec { Subject = "given", Patch = "given", Against = "given" }, ("subject", "base"), ("patch", "patch"), ("against", "base"));

        Assert.Equal((ArtifactKind.Evaluation, 0), (timed.Kind, timed.Metrics.Count));
        Assert.Equal(SteppingClock.Step.TotalSeconds, timed.Measurements[MetricNames.DeploySeconds], 1e-9);
        // Each of both took one step of the clock in every round.
        Assert.Equal((1.0, 0.0), (timed.Measurements[MetricNames.CostInference], timed.Measurements[MetricNames.CostInferenceSpread]));
        Assert.InRange(timed.Measurements[MetricNames.CostRounds], 5, 30);
    }

    [Fact]
    public void Run_RewardAlone_IsTimedAgainstItsSource()
    {
        _jobs.Complete("reward", new RewardTuningSpec { Data = _jobs.Pairs(), Source = "given", Recipe = TinyLanguage.Recipe }, ("source", _jobs.Output("base")));

        var timed = Time(new TimingSpec { Rewards = [new RewardUse { Reward = "given" }], Against = "given" }, ("reward0", "reward"), ("against", "base"));

        Assert.Equal(1, timed.Measurements[MetricNames.CostInference]);
    }

    [Fact]
    public void Run_AgainstNothing_TimesTheFirstAnswerOnly()
    {
        var timed = Time(new TimingSpec { Subject = "given" }, ("subject", "base"));

        Assert.Equal(SteppingClock.Step.TotalSeconds, timed.Measurements[MetricNames.DeploySeconds], 1e-9);
        Assert.DoesNotContain(MetricNames.CostInference, timed.Measurements.Keys);
    }

    private JobOutcome.Completed Time(TimingSpec spec, params (string Role, string Job)[] inputs)
    {
        var run = _jobs.Run("timed", spec, [.. inputs.Select(input => (input.Role, _jobs.Output(input.Job)))]) with { Time = _clock };
        return Assert.IsType<JobOutcome.Completed>(JobRunner.Run(run));
    }

    private sealed class SteppingClock : TimeProvider
    {
        public static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

        private long _now;

        public override long GetTimestamp() => Interlocked.Add(ref _now, Step.Ticks);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;
    }
}
