using Ptune.Contracts.Artifacts;

namespace Ptune.Contracts.Carrying;

/// <summary>What tells before a port how far it goes, over the predicted tokens of the probe.</summary>
/// <param name="KlFromSource">eps: the mean of KL(source || target), in nats a token.</param>
/// <param name="CMean">The mean of C = max_y e^r / E_source[e^r]; of a patch, r is log(tuned source / source).</param>
/// <param name="CHigh">95 of 100 tokens have at most this C.</param>
/// <param name="CMax">The largest C.</param>
/// <param name="KlMoved">The mean of KL(carried target || bare target), in nats a token.</param>
/// <param name="Tokens">So many.</param>
public sealed record CarryRisk(double KlFromSource, double CMean, double CHigh, double CMax, double KlMoved, long Tokens)
{
    /// <param name="metrics">Of an evaluation with a source.</param>
    public static CarryRisk Of(IReadOnlyDictionary<string, double> metrics) => new(
        metrics[MetricNames.KlFromSource], metrics[MetricNames.CMean], metrics[MetricNames.CHigh], metrics[MetricNames.CMax], metrics[MetricNames.KlMoved], (long)metrics[MetricNames.RiskPositions]);
}
