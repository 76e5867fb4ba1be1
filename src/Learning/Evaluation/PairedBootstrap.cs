using Ptune.Learning.Data;

namespace Ptune.Learning.Evaluation;

/// <summary>
/// The difference of two ratios of sums, such as bits per byte before and after, with its 95 % interval: the same texts are drawn with replacement for both, and the
/// percentiles of the differences are taken (Efron and Tibshirani, An Introduction to the Bootstrap, 1993).
/// </summary>
/// <param name="Difference">After less before, of all texts.</param>
/// <param name="Low">2.5 of 100 draws are below.</param>
/// <param name="High">2.5 of 100 draws are above.</param>
/// <param name="StandardError">The standard deviation of the draws.</param>
internal readonly record struct PairedBootstrap(double Difference, double Low, double High, double StandardError)
{
    private const double _tail = 0.025;

    /// <param name="before">Of each text the sum that is divided, before.</param>
    /// <param name="after">The same, after.</param>
    /// <param name="sizes">Of each text what it is divided by.</param>
    /// <param name="draws">How often texts are drawn.</param>
    /// <param name="seed">Of the draws.</param>
    /// <exception cref="LearningException">There is no text, or they are not the same ones.</exception>
    public static PairedBootstrap Of(double[] before, double[] after, double[] sizes, int draws, long seed)
    {
        if (sizes.Length == 0 || before.Length != sizes.Length || after.Length != sizes.Length) throw new LearningException($"Evaluations of {before.Length} and {after.Length} examples cannot be compared in pairs.");
        double[] changes = [.. after.Zip(before, (second, first) => second - first)];
        var random = SplitMix64.Stream(seed, RandomPurpose.Bootstrap);
        double[] drawn = new double[draws];
        for (int draw = 0; draw < draws; draw++)
        {
            double change = 0, size = 0;
            for (int i = 0; i < sizes.Length; i++)
            {
                int text = random.NextBelow(sizes.Length);
                change += changes[text];
                size += sizes[text];
            }

            drawn[draw] = change / size;
        }

        double spread = Statistics.StandardDeviation(drawn);
        Array.Sort(drawn);
        return new PairedBootstrap(changes.Sum() / sizes.Sum(), Quantile(drawn, _tail), Quantile(drawn, 1 - _tail), spread);
    }

    // Between the two nearest draws.
    private static double Quantile(double[] sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)Math.Floor(place);
        return below + 1 < sorted.Length ? sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }
}
