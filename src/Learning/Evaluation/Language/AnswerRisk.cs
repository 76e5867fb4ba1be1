using Ptune.Contracts.Artifacts;

namespace Ptune.Learning.Evaluation.Language;

/// <summary>What tells whether a port over answers is safe (arXiv 2502.12776), as <see cref="PortRisk"/> has it for images: KL from the source, C, and how far the target is moved.</summary>
internal static class AnswerRisk
{
    /// <param name="metrics">Gets the figures.</param>
    /// <param name="source">The source's scores of each example's answers, in nats, up to a constant.</param>
    /// <param name="before">The bare target's.</param>
    /// <param name="after">The target's with what is carried.</param>
    /// <param name="carried">What is carried, as it is added to the source's: weight r / lambda, or the difference that a tuning makes there.</param>
    public static void Add(IDictionary<string, double> metrics, IReadOnlyList<double[]> source, IReadOnlyList<double[]> before, IReadOnlyList<double[]> after, IReadOnlyList<double[]> carried)
    {
        double[] c = [.. source.Zip(carried, C)];
        metrics[MetricNames.KlFromSource] = source.Zip(before, Kl).Average();
        metrics[MetricNames.KlMoved] = after.Zip(before, Kl).Average();
        metrics[MetricNames.CMean] = c.Average();
        metrics[MetricNames.CHigh] = Statistics.Quantile(c, 0.95);
        metrics[MetricNames.CMax] = c.Max();
        metrics[MetricNames.RiskPositions] = c.Length;
    }

    // sum_y p (log p - log q), of scores that need not be normalized.
    private static double Kl(double[] p, double[] q)
    {
        double zp = LogSumExp(p), zq = LogSumExp(q);
        return p.Zip(q, (a, b) => Math.Exp(a - zp) * (a - zp - (b - zq))).Sum();
    }

    // max_y e^(r_y) / E_source[e^r].
    private static double C(double[] source, double[] carried) =>
        Math.Exp(carried.Max() + LogSumExp(source) - LogSumExp([.. source.Zip(carried, (own, added) => own + added)]));

    private static double LogSumExp(double[] values)
    {
        double largest = values.Max();
        return largest + Math.Log(values.Sum(value => Math.Exp(value - largest)));
    }
}
