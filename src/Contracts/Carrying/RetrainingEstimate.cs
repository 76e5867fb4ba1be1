namespace Ptune.Contracts.Carrying;

/// <summary>What a retraining would probably gain, from what a port gains: the gain times the median, over the ports of studies whose targets were retrained, too, of retraining's gain by the port's.</summary>
/// <param name="Gain">The estimate.</param>
/// <param name="Lowest">With the smallest of the ratios.</param>
/// <param name="Highest">With the largest.</param>
/// <param name="Pairs">So many ports of studies it is from.</param>
/// <param name="Error">The check: each of them is estimated from the others, and this is the median of the errors as shares of what retraining did gain. Null: there is only one.</param>
/// <param name="WithoutGain">Ports that were left out because they gained nothing although retraining did.</param>
public sealed record RetrainingEstimate(double Gain, double Lowest, double Highest, int Pairs, double? Error, int WithoutGain)
{
    /// <summary>An error beyond this share makes the estimate useless for a decision.</summary>
    public const double MostError = 0.5;

    /// <summary>Whether a decision may rest on it: the check was possible, and came out well enough.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsReliable => Error <= MostError;

    /// <param name="gain">What the port gains.</param>
    /// <param name="studies">What there is to learn from.</param>
    /// <returns>Null where there is nothing to learn from, or where the port gains nothing.</returns>
    public static RetrainingEstimate? Of(double gain, IReadOnlyCollection<PortedAndRetrained> studies)
    {
        PortedAndRetrained[] known = [.. studies.Where(pair => pair.PortGain > 0)];
        if (gain <= 0 || known.Length == 0) return null;
        double[] ratios = [.. known.Select(pair => pair.RetrainingGain / pair.PortGain)];
        double? error = known.Length < 2 ? null : Median(known.Select((pair, left) =>
            Math.Abs((pair.PortGain * Median(ratios.Where((_, number) => number != left))) - pair.RetrainingGain) / pair.RetrainingGain));
        return new RetrainingEstimate(gain * Median(ratios), gain * ratios.Min(), gain * ratios.Max(), known.Length, error, studies.Count - known.Length);
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
