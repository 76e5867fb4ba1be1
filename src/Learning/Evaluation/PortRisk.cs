using Ptune.Learning.Transfer;

namespace Ptune.Learning.Evaluation;

/// <summary>
/// What tells before a port whether it is safe (arXiv 2502.12776: KL(tuned source || ported target) is at most of the order of
/// sqrt(eps), with a factor that grows with C).
/// </summary>
internal static class PortRisk
{
    /// <summary>eps: the mean over the rows of KL(source || target) = sum_y p_s (log p_s - log p_t), in nats.</summary>
    public static double MeanKl(ScoreTable source, ScoreTable target)
    {
        double sum = 0;
        for (int row = 0; row < source.Count; row++)
        {
            var s = source.Row(row);
            var t = target.Row(row);
            for (int y = 0; y < s.Length; y++)
            {
                double p = Math.Exp(s[y]);
                if (p > 0) sum += p * ((double)s[y] - t[y]);
            }
        }

        return sum / source.Count;
    }

    /// <summary>C = max_y e^(r_y / lambda) / E_source[e^(r / lambda)] of each row: its mean and its greatest.</summary>
    public static (double Mean, double Max) C(ScoreTable source, ScoreTable reward, double lambda)
    {
        double sum = 0, max = 0;
        float[] exponents = new float[source.Labels];
        for (int row = 0; row < source.Count; row++)
        {
            var s = source.Row(row);
            var r = reward.Row(row);
            double largest = double.NegativeInfinity;
            for (int y = 0; y < exponents.Length; y++)
            {
                double scaled = r[y] / lambda;
                largest = Math.Max(largest, scaled);
                exponents[y] = (float)(s[y] + scaled);
            }

            double c = Math.Exp(largest - Combination.LogSumExp(exponents));
            sum += c;
            max = Math.Max(max, c);
        }

        return (sum / source.Count, max);
    }
}
