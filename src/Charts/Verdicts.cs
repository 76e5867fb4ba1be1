using Ptune.Contracts.Studies;

namespace Ptune.Charts;

/// <summary>What the figures say in words, the unwelcome included: wherever a rival does better than the port, a sentence says so.</summary>
public static class Verdicts
{
    /// <summary>The significance level of the paired tests.</summary>
    private const double Level = 0.05;

    public static IEnumerable<string> Of(StudyResult result) => result.Targets.SelectMany(Of);

    public static IEnumerable<string> Of(TargetResult target)
    {
        var found = Rivals(target).Select(r => Behind(target, r.Name, r.Accuracy)).OfType<string>().ToList();
        foreach (var sentence in found) yield return $"{target.Model}: {sentence}";
        if (PairedSummary.Of(target.Mcnemar.VsBare) is { Median: > Level } bare && target.Ported.Mean >= target.Bare.Mean)
            yield return $"{target.Model}: the gain over the bare model is not significant (median p {Words.P(bare.Median)}).";
        if (PairedSummary.Of(target.Mcnemar.VsRewardAlone) is { Median: > Level } alone && target.Ported.Mean >= target.RewardAlone.Mean)
            yield return $"{target.Model}: the gain over the reward alone is not significant (median p {Words.P(alone.Median)}).";
        if (target.KeptShare is null) yield return $"{target.Model}: retraining gained nothing over the bare model, so no share of a gain can be kept.";
    }

    /// <summary>True when a rival that trains nothing on the target does better than the port.</summary>
    public static bool Loses(TargetResult target) =>
        Rivals(target).Where(r => r.Accuracy != target.Retrained).Any(r => r.Accuracy.Mean > target.Ported.Mean);

    private static (string Name, Accuracy Accuracy)[] Rivals(TargetResult target) =>
    [
        ("the bare model", target.Bare), ("the reward alone", target.RewardAlone), ("EFT", target.Eft), ("retraining", target.Retrained),
    ];

    private static string? Behind(TargetResult target, string rival, Accuracy accuracy)
    {
        var points = (accuracy.Mean - target.Ported.Mean) * 100;
        if (points <= 0) return null;
        var by = points < 0.05 ? "less than 0.1 points" : $"{Words.Number(points, "0.0")} points";
        var seeds = accuracy.Values.Length;
        if (seeds != target.Ported.Values.Length || seeds < 2) return $"{rival} is better by {by} here.";
        var ahead = accuracy.Values.Zip(target.Ported.Values).Count(v => v.First > v.Second);
        return $"{rival} is better by {by} here, in {ahead} of {seeds} seeds.";
    }
}
