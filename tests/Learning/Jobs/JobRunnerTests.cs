using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Learning.Jobs;

namespace Ptune.Learning.Tests.Jobs;

public sealed class JobRunnerTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TinyJobs _jobs;

    public JobRunnerTests() => _jobs = new TinyJobs(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_AWholeStudy_GivesEveryFigure()
    {
        _jobs.Complete("source", _jobs.Pretraining());
        _jobs.Complete("target", _jobs.Pretraining(new CnnSpec { Channels = 2, Hidden = 8 }));
        var reward = _jobs.Complete("reward", _jobs.RewardTuning(), ("source", "source"));
        _jobs.Complete("tuned", _jobs.FineTuning(), ("base", "source"));
        _jobs.Complete("retrained", _jobs.FineTuning(), ("base", "target"));
        foreach (string name in new[] { "source", "target", "tuned", "retrained" }) _jobs.Complete($"{name}-scores", _jobs.Scoring(), ("subject", name));
        _jobs.Complete("reward-scores", _jobs.Scoring(ArtifactKind.Reward), ("subject", "reward"));
        var scores = new EvaluationScores { Target = "x", Reward = "x", Source = "x", TunedSource = "x", Retrained = "x" };
        var models = new EvaluationModels { Target = "x", Reward = "x", Source = "x", TunedSource = "x" };
        var evaluation = _jobs.Complete(
            "evaluation",
            new EvaluationSpec { Data = _jobs.Data(Split.Test, TinyJobs.Shift), Scores = scores, Models = models },
            ("target", "target-scores"),
            ("reward", "reward-scores"),
            ("source", "source-scores"),
            ("tunedSource", "tuned-scores"),
            ("retrained", "retrained-scores"),
            ("targetModel", "target"),
            ("rewardModel", "reward"),
            ("sourceModel", "source"),
            ("tunedSourceModel", "tuned"));

        Assert.Equal((ArtifactKind.Reward, ArtifactKind.Evaluation), (reward.Kind, evaluation.Kind));
        Assert.Equal(["config.json", "golden.safetensors", "model.safetensors"], reward.Files);
        Assert.Equal(["evaluation.json"], evaluation.Files);
        Assert.All(
            new[]
            {
                MetricNames.AccuracyBare, MetricNames.AccuracyPorted, MetricNames.AccuracyEft, MetricNames.AccuracyRetrained, MetricNames.AccuracyRewardAlone,
                MetricNames.McNemarVsBareP, MetricNames.McNemarVsRewardAloneP, MetricNames.KlFromSource, MetricNames.CMean, MetricNames.CMax,
            },
            name => Assert.True(double.IsFinite(evaluation.Metrics[name]), name));
        Assert.Equal(TinyDataset.TestRows, evaluation.Metrics[MetricNames.Count]);
        Assert.True(evaluation.Measurements[MetricNames.CostPorted] > 0);
        Assert.True(evaluation.Measurements[MetricNames.CostEft] > 0);
        Assert.Equal(OutputSpace.OfLabels(TinyDataset.Labels), reward.OutputSpace);
        Assert.StartsWith("sha256:", reward.Attributes[AttributeNames.SplitIndex(Split.Tuning)], StringComparison.Ordinal);
        Assert.Equal(reward.Attributes[AttributeNames.SplitIndex(Split.Test)], evaluation.Attributes[AttributeNames.SplitIndex(Split.Test)]);
    }

    [Fact]
    public void Run_TheSameJobTwice_GivesTheSameBytesAndFigures()
    {
        var first = _jobs.Complete("first", _jobs.Pretraining());
        var second = _jobs.Complete("second", _jobs.Pretraining());
        Assert.Equal(TinyJobs.Files(_jobs.Output("first")), TinyJobs.Files(_jobs.Output("second")));
        Assert.Equal(first.Metrics, second.Metrics);
        Assert.Equal(first.LossCurve, second.LossCurve);
    }

    [Fact]
    public void Run_OtherSeed_GivesOtherBytes()
    {
        _jobs.Complete("first", _jobs.Pretraining());
        _jobs.Complete("second", _jobs.Pretraining() with { Seed = 2 });
        Assert.NotEqual(TinyJobs.Files(_jobs.Output("first"))["model.safetensors"], TinyJobs.Files(_jobs.Output("second"))["model.safetensors"]);
    }

    [Fact]
    public void Run_RewardInitializations_StartAtDifferentPlaces()
    {
        _jobs.Complete("source", _jobs.Pretraining());
        double[] losses = [.. Enum.GetValues<RewardInitialization>().Select(init =>
            _jobs.Complete($"reward-{init}", _jobs.RewardTuning(init), ("source", "source")).Metrics[MetricNames.FirstLoss])];
        Assert.Equal(3, losses.Distinct().Count());
    }

    [Fact]
    public void Run_ProgressAndCheckpoints_AreTold()
    {
        var progress = new List<JobProgress>();
        var checkpoints = new List<long>();
        JobRunner.Run(_jobs.Run("job", _jobs.Pretraining()) with { OnProgress = progress.Add, OnCheckpoint = (_, step) => checkpoints.Add(step) });
        Assert.Equal(32, progress.Count);
        Assert.All(progress, p => Assert.Equal(32, p.TotalSteps));
        Assert.Equal([3L, 6L, 9L, 12L, 15L, 18L, 21L, 24L, 27L, 30L], checkpoints);
    }

    [Fact]
    public void Run_OtherLabels_NamesBoth()
    {
        _jobs.Complete("source", _jobs.Pretraining());
        var data = _jobs.Data(Split.Tuning) with { Dataset = _jobs.Dataset with { Labels = ["top", "bottom", "middle"] } };
        var error = Assert.Throws<LearningException>(() => _jobs.Complete("reward", _jobs.RewardTuning() with { Data = data }, ("source", "source")));
        Assert.Contains("[top, middle, bottom], not [top, bottom, middle]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_RewardWhereAModelIsNeeded_IsRefused()
    {
        _jobs.Complete("source", _jobs.Pretraining());
        _jobs.Complete("reward", _jobs.RewardTuning(), ("source", "source"));
        var error = Assert.Throws<LearningException>(() => _jobs.Complete("tuned", _jobs.FineTuning(), ("base", "reward")));
        Assert.Contains("holds a reward, but a model is needed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ScoresOfOtherExamples_AreRefused()
    {
        _jobs.Complete("source", _jobs.Pretraining());
        _jobs.Complete("reward", _jobs.RewardTuning(), ("source", "source"));
        _jobs.Complete("source-scores", _jobs.Scoring(), ("subject", "source"));
        _jobs.Complete("reward-scores", _jobs.Scoring(ArtifactKind.Reward), ("subject", "reward"));
        var clean = new EvaluationSpec { Data = _jobs.Data(Split.Test), Scores = new EvaluationScores { Target = "x", Reward = "x" } };
        var error = Assert.Throws<TransferException>(() => _jobs.Complete("evaluation", clean, ("target", "source-scores"), ("reward", "reward-scores")));
        Assert.Contains("other examples", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_MissingInput_NamesItsRole() =>
        Assert.Contains("'source'", Assert.Throws<LearningException>(() => JobRunner.Run(_jobs.Run("reward", _jobs.RewardTuning()))).Message, StringComparison.Ordinal);

    [Fact]
    public void Run_UnknownDevice_IsRefused() =>
        Assert.Throws<DeviceException>(() => JobRunner.Run(_jobs.Run("job", _jobs.Pretraining()) with { Device = "cuda:99" }));

    [Fact]
    public void Run_Scoring_StoppedHasNothingToKeep()
    {
        _jobs.Complete("source", _jobs.Pretraining());
        var run = _jobs.Run("scores", _jobs.Scoring(), ("subject", "source")) with { Stop = new CancellationToken(canceled: true) };
        Assert.Equal(new JobOutcome.Stopped(null, 0), JobRunner.Run(run));
    }

    [Fact]
    public void Run_NoOp_CompletesWithoutFiles() => Assert.Empty(_jobs.Complete("nothing", new NoOpSpec()).Files);

    [Fact]
    public void Run_UnwritableWorkFolder_IsAnIOErrorThatSaysWhere()
    {
        File.WriteAllText(_folder["file"], "");
        var error = Assert.ThrowsAny<IOException>(() => JobRunner.Run(_jobs.Run("job", _jobs.Pretraining()) with { WorkFolder = _folder["file"] }));
        Assert.Contains(_folder["file"], error.Message, StringComparison.Ordinal);
    }
}
