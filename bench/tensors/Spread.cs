namespace Ptune.Tensors.Bench;

/// <summary>The middle and the ends of what rounds gave.</summary>
internal readonly record struct Spread(double Median, double Min, double Max)
{
    public static Spread Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return new Spread(sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2, sorted[0], sorted[^1]);
    }

    /// <summary>Of the ratios round by round.</summary>
    public static Spread OfRatios(double[] numerators, double[] denominators) => Of(numerators.Zip(denominators, (n, d) => n / d));

    /// <param name="unit">What the values are multiplied by.</param>
    /// <param name="format">Of each number.</param>
    public string ToString(double unit, string format) =>
        $"{(Median * unit).ToString(format)} (min {(Min * unit).ToString(format)}, max {(Max * unit).ToString(format)})";

    public override string ToString() => ToString(1, "F2");
}
