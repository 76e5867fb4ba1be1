using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Studies;
using Ptune.Grains.Studies;

namespace Ptune.Grains.Tests.Studies;

public sealed class StudyComparisonTests
{
    private readonly StudyDriver _study = new();

    [Fact]
    public void Compare_AllCells_GathersEveryFigureInItsPlace()
    {
        var result = StudyComparison.Compare("id", _study.Images, Results());

        Assert.Equal(("sample", "id", "test", 1000L), (result.Study, result.StudyId, result.EvaluatedOn, result.N));
        Assert.Equal(("sha-p", "sha-t"), (result.Splits["pretraining"], result.Splits["test"]));
        Assert.Equal(("vit@v1", 0.70, 0.65), (result.Source!.Model, result.Source!.Tuned.Values[0], result.Source!.Prt.Values[0]));

        var target = Assert.Single(result.Targets);
        Assert.Equal("mlp@v1", target.Model);
        Assert.Equal([0.50, 0.52], target.Bare.Values);
        Assert.Equal(0.51, target.Bare.Mean, 12);
        Assert.Equal(Math.Sqrt(0.0002), target.Bare.Sd, 12);
        Assert.Equal((0.40, 0.60, 0.65, 0.70), (target.RewardAlone.Values[0], target.Eft.Values[0], target.Ported.Values[0], target.Retrained.Values[0]));
        Assert.Equal(0.75, target.KeptShare!.Value, 12);
        Assert.Equal([new McNemar(200, 50, 0.001), new McNemar(200, 50, 0.001)], target.Mcnemar.VsBare);
        Assert.Equal(new McNemar(300, 60, 0.002), target.Mcnemar.VsRewardAlone[1]);
        Assert.Equal(1.5, target.KlFromSource);
        Assert.Equal((4.01, 9.02), (Math.Round(target.C, 12), target.CMax));
        Assert.Equal(new InferenceCost(2.5, 3.5), target.InferenceCost);
    }

    [Fact]
    public void Compare_AllCells_ArePresentAsRows()
    {
        var rows = StudyComparison.Compare("id", _study.Images, Results()).Cells!;

        Assert.Equal(
            ["bare  vit@v1", "rewardAlone vit@v1 vit@v1", "ported vit@v1 vit@v1", "retrained  vit@v1", "bare  mlp@v1", "rewardAlone vit@v1 mlp@v1", "eft vit@v1 mlp@v1", "ported vit@v1 mlp@v1", "retrained  mlp@v1"],
            rows.Select(row => $"{row.Method} {row.Source} {row.Target}"));
        var ported = rows[7];
        Assert.Equal(("accuracy", "test", 0.66, 1000L), (ported.Metric, ported.Task, Math.Round(ported.Mean, 12), ported.N!.Value));
        Assert.Equal(Sample.Digest(StudyKeys.Reward(1)), ported.Artifact);
        Assert.Equal(new RowCost { TrainingSeconds = 2, ArtifactBytes = 10, InferenceRatio = 2.5 }, ported.Cost);
        Assert.Null(rows[4].Cost);
    }

    [Fact]
    public void Compare_RetrainingGainedNothing_HasNoKeptShare()
    {
        var results = Results();
        foreach (var seed in _study.Images.Seeds)
            results[StudyKeys.Evaluation("mlp@v1", seed)].Metrics[MetricNames.AccuracyRetrained] = 0.1;
        Assert.Null(StudyComparison.Compare("id", _study.Images, results).Targets[0].KeptShare);
    }

    [Fact]
    public void Compare_CostNotMeasured_PrintsNone()
    {
        var results = Results();
        results.Remove(StudyKeys.Cost("mlp@v1"));
        Assert.Null(StudyComparison.Compare("id", _study.Images, results).Targets[0].InferenceCost);
    }

    [Fact]
    public void Compare_FigureMissing_NamesCellAndFigure()
    {
        var results = Results();
        results[StudyKeys.Evaluation("mlp@v1", 2)].Metrics.Remove(MetricNames.AccuracyEft);
        var problem = Assert.Throws<InvalidDataException>(() => StudyComparison.Compare("id", _study.Images, results));
        Assert.Equal("Cell evaluation/mlp@v1/2 has no metric 'accuracy.eft'.", problem.Message);
    }

    [Fact]
    public void Compare_CellsUsedOtherSplits_IsAnError()
    {
        var results = Results();
        results[StudyKeys.Evaluation("mlp@v1", 2)].Attributes["splits.test"] = "another";
        Assert.Contains("a different test split", Assert.Throws<InvalidDataException>(() => StudyComparison.Compare("id", _study.Images, results)).Message, StringComparison.Ordinal);
    }

    private Dictionary<string, JobResult> Results()
    {
        var results = _study.Plan.Jobs.ToDictionary(j => j.Key, j => StudyFigures.Of(j.Spec, j.Key));
        foreach (var model in new[] { "vit@v1", "mlp@v1" }) results[StudyKeys.Evaluation(model, 2)] = StudyFigures.Evaluation("2", 0.02);
        return results;
    }
}
