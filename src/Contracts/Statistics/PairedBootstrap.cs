namespace Ptune.Contracts.Statistics;

/// <summary>
/// How certain the difference of two figures is that were measured on the same examples: examples are drawn anew with replacement, and both figures are taken from the same draws
/// (percentile interval; Efron and Tibshirani, An Introduction to the Bootstrap, 1993). The figure is a ratio of sums, such as bits by bytes; of plain means every example's size is 1.
/// </summary>
/// <param name="Difference">Of all examples.</param>
/// <param name="Low">2.5 of 100 draws are below.</param>
/// <param name="High">2.5 of 100 draws are above.</param>
/// <param name="StandardError">The standard deviation of the draws.</param>
public readonly record struct PairedBootstrap(double Difference, double Low, double High, double StandardError)
{
    // Of many examples fewer draws are as good, since each of them is nearer to the others.
    private const int _mostDraws = 10_000, _leastDraws = 1_000;
    private const double _work = 5e7;
    private const double _tail = 0.025;

    /// <summary>The 95 % interval of (sum of differences) / (sum of sizes), of as many draws as the number of examples asks for.</summary>
    /// <inheritdoc cref="Of"/>
    public static (double Low, double High) Interval(double[] differences, double[] sizes, ulong seed = 1)
    {
        var found = Of(differences, sizes, (int)Math.Clamp(_work / Math.Max(1, differences.Length), _leastDraws, _mostDraws), seed);
        return (found.Low, found.High);
    }

    /// <param name="differences">Of each example: the second value less the first.</param>
    /// <param name="sizes">Of each example; above 0.</param>
    /// <param name="draws">How often the examples are drawn.</param>
    /// <param name="seed">The same seed draws the same examples.</param>
    /// <exception cref="ArgumentException">There is no example, or not one size for each.</exception>
    public static PairedBootstrap Of(double[] differences, double[] sizes, int draws, ulong seed)
    {
        if (differences.Length == 0 || differences.Length != sizes.Length) throw new ArgumentException("There must be at least one example, and a size for each.", nameof(differences));
        var figures = new double[draws];
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
        var mean = figures.Average();
        var error = Math.Sqrt(figures.Sum(figure => (figure - mean) * (figure - mean)) / Math.Max(1, figures.Length - 1));
        return new PairedBootstrap(differences.Sum() / sizes.Sum(), At(figures, _tail), At(figures, 1 - _tail), error);
    }

    // Between the two nearest draws.
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
