using Ptune.Contracts.Artifacts;
using Ptune.Learning.Evaluation;
using Ptune.Learning.Transfer;

namespace Ptune.Learning.Tests.Evaluation;

public sealed class ComparisonTests
{
    private static readonly Comparison _comparison = new()
    {
        Labels = [0, 1, 0, 1],
        Lambda = 1,
        // Right on the first only; the reward turns the second; retraining gets three.
        Target = Combination.Normalize(Scores([2, 0], [1, 0], [0, 1], [1, 0])),
        Reward = Scores([0, 0], [0, 3], [0, 0], [0.5, 0]),
        Retrained = Scores([2, 0], [0, 1], [1, 0], [1, 0]),
    };

    [Fact]
    public void Measure_ByHand_GivesTheFigures()
    {
        var figures = _comparison.Measure();
        Assert.Equal(4, figures[MetricNames.Count]);
        Assert.Equal(0.25, figures[MetricNames.AccuracyBare]);
        Assert.Equal(0.5, figures[MetricNames.AccuracyPorted]);
        Assert.Equal(0.75, figures[MetricNames.AccuracyRetrained]);
        // The reward alone is right on the first and third by the rule of the first label among equals, and on the second.
        Assert.Equal(0.75, figures[MetricNames.AccuracyRewardAlone]);
        Assert.Equal(0.5, figures[MetricNames.KeptShare]);
        Assert.Equal((1, 0, 1), (figures[MetricNames.McNemarVsBareB], figures[MetricNames.McNemarVsBareC], figures[MetricNames.McNemarVsBareP]));
        Assert.Equal((0, 1), (figures[MetricNames.McNemarVsRewardAloneB], figures[MetricNames.McNemarVsRewardAloneC]));
    }

    [Fact]
    public void Measure_WithoutSource_LeavesOutWhatNeedsIt()
    {
        var figures = _comparison.Measure();
        Assert.DoesNotContain(MetricNames.KlFromSource, figures.Keys);
        Assert.DoesNotContain(MetricNames.CMean, figures.Keys);
        Assert.DoesNotContain(MetricNames.AccuracyEft, figures.Keys);
    }

    [Fact]
    public void Measure_WithSourceAndTunedSource_AddsKlCAndEft()
    {
        var source = Combination.Normalize(Scores([1, 0], [1, 0], [1, 0], [1, 0]));
        var tuned = Combination.Normalize(Scores([1, 0], [0, 1], [1, 0], [0, 1]));
        var figures = (_comparison with { Source = source, TunedSource = tuned }).Measure();
        Assert.Equal(0.5, figures[MetricNames.AccuracySource]);
        Assert.Equal(1, figures[MetricNames.AccuracyTunedSource]);
        Assert.Equal(0.75, figures[MetricNames.AccuracyEft]);
        Assert.True(figures[MetricNames.KlFromSource] > 0);
        Assert.True(figures[MetricNames.CMax] >= figures[MetricNames.CMean]);
    }

    [Fact]
    public void Measure_RetrainingGainedNothing_HasNoKeptShare() =>
        Assert.DoesNotContain(MetricNames.KeptShare, (_comparison with { Retrained = _comparison.Target }).Measure().Keys);

    [Fact]
    public void Measure_RewardWithoutEffect_IsAnError() =>
        Assert.Throws<TransferException>(() => (_comparison with { Reward = Scores([1, 1], [2, 2], [0, 0], [-1, -1]) }).Measure());

    private static ScoreTable Scores(params double[][] rows) =>
        new(rows.Length, rows[0].Length, [.. rows.SelectMany(row => row.Select(x => (float)x))]);
}
