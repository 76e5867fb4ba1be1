namespace Ptune.Contracts.Statistics;

/// <summary>
/// How certain the difference of two figures is that were measured on the same examples: examples are drawn anew with replacement, and both figures are taken from the same draws
/// (Efron's percentile interval). The figure is a ratio of sums, such as bits by bytes; of plain means every example's size is 1.
/// </summary>
public static class PairedBootstrap
{
    // Of many examples fewer draws are as good, since each of them is nearer to the others.
    private const int _mostDraws = 10_000, _leastDraws = 1_000;
    private const double _work = 5e7;

    /// <summary>The 95 % interval of (sum of differences) / (sum of sizes).</summary>
    /// <param name="differences">Of each example: the second value less the first.</param>
    /// <param name="sizes">Of each example; above 0.</param>
    /// <param name="seed">The same seed draws the same examples.</param>
    /// <exception cref="ArgumentException">There is no example, or not one size for each.</exception>
    public static (double Low, double High) Interval(double[] differences, double[] sizes, ulong seed = 1)
    {
        if (differences.Length == 0 || differences.Length != sizes.Length) throw new ArgumentException("There must be at least one example, and a size for each.", nameof(differences));
        var figures = new double[(int)Math.Clamp(_work / differences.Length, _leastDraws, _mostDraws)];
        for (var draw = 0; draw < figures.Length; draw++)
        {
            double sum = 0, size = 0;
            for (var i = 0; i < differences.Length; i++)
            {
                var example = (int)(((UInt128)Next(ref seed) * (ulong)differences.Length) >> 64);
                sum += differences[example];
                size += sizes[example];
            }
            figures[draw] = sum / size;
        }
        Array.Sort(figures);
        return (At(figures, 0.025), At(figures, 0.975));
    }

    private static double At(double[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        return below + 1 == sorted.Length ? sorted[below] : sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below]));
    }

    // SplitMix64 (Steele, Lea, Flood 2014).
    private static ulong Next(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
