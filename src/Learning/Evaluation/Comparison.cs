using Ptune.Contracts.Artifacts;
using Ptune.Learning.Transfer;

namespace Ptune.Learning.Evaluation;

/// <summary>The honest comparison on one target and seed, from cached scores. What is null was not given and is not measured.</summary>
internal sealed record Comparison
{
    /// <summary>[n].</summary>
    public required long[] Labels { get; init; }

    /// <summary>Log-probabilities of the bare target, [n, labels], as are the next but the reward's.</summary>
    public required ScoreTable Target { get; init; }

    public required ScoreTable Reward { get; init; }

    public required double Lambda { get; init; }

    public ScoreTable? Source { get; init; }

    public ScoreTable? TunedSource { get; init; }

    public ScoreTable? Retrained { get; init; }

    /// <summary>The figures, by the names of <see cref="MetricNames"/>.</summary>
    /// <exception cref="TransferException">The port did nothing, or tables do not go together.</exception>
    public SortedDictionary<string, double> Measure()
    {
        var portedScores = Combination.Port(Target, (Reward, Lambda));
        Combination.RequireEffect(Target, portedScores);
        var bare = CorrectPredictions.Of(Target, Labels);
        var alone = CorrectPredictions.Of(Combination.RewardAlone(Reward, Lambda), Labels);
        var ported = CorrectPredictions.Of(portedScores, Labels);
        var vsBare = McNemarTest.Of(ported, bare);
        var vsAlone = McNemarTest.Of(ported, alone);
        var figures = new SortedDictionary<string, double>(StringComparer.Ordinal)
        {
            [MetricNames.Count] = Labels.Length,
            [MetricNames.AccuracyBare] = bare.Accuracy,
            [MetricNames.AccuracyRewardAlone] = alone.Accuracy,
            [MetricNames.AccuracyPorted] = ported.Accuracy,
            [MetricNames.McNemarVsBareB] = vsBare.B,
            [MetricNames.McNemarVsBareC] = vsBare.C,
            [MetricNames.McNemarVsBareP] = vsBare.P,
            [MetricNames.McNemarVsRewardAloneB] = vsAlone.B,
            [MetricNames.McNemarVsRewardAloneC] = vsAlone.C,
            [MetricNames.McNemarVsRewardAloneP] = vsAlone.P,
        };
        if (Source is not null) AddSource(figures, Source);
        if (Retrained is not null) AddRetrained(figures, CorrectPredictions.Of(Retrained, Labels).Accuracy);
        return figures;
    }

    private void AddSource(SortedDictionary<string, double> figures, ScoreTable source)
    {
        figures[MetricNames.AccuracySource] = CorrectPredictions.Of(source, Labels).Accuracy;
        figures[MetricNames.KlFromSource] = PortRisk.MeanKl(source, Target);
        (figures[MetricNames.CMean], figures[MetricNames.CMax]) = PortRisk.C(source, Reward, Lambda);
        if (TunedSource is null) return;
        figures[MetricNames.AccuracyTunedSource] = CorrectPredictions.Of(TunedSource, Labels).Accuracy;
        figures[MetricNames.AccuracyEft] = CorrectPredictions.Of(Combination.Eft(Target, TunedSource, source), Labels).Accuracy;
    }

    private static void AddRetrained(SortedDictionary<string, double> figures, double retrained)
    {
        figures[MetricNames.AccuracyRetrained] = retrained;
        double gain = retrained - figures[MetricNames.AccuracyBare];
        if (gain > 0) figures[MetricNames.KeptShare] = (figures[MetricNames.AccuracyPorted] - figures[MetricNames.AccuracyBare]) / gain;
    }
}
