namespace Ptune.Learning.Evaluation;

/// <summary>Medians and spreads.</summary>
internal static class Statistics
{
    public static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>The value that a share of the values is at most, between neighbours by their distance.</summary>
    /// <param name="share">From 0 to 1.</param>
    public static double Quantile(double[] values, double share)
    {
        double[] sorted = [.. values.Order()];
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        if (below == sorted.Length - 1 || place == below) return sorted[below];
        return sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below]));
    }

    /// <summary>Of a sample (n - 1); 0 of a single value.</summary>
    public static double StandardDeviation(double[] values)
    {
        if (values.Length < 2) return 0;
        double mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }
}
