using Ptune.Contracts.Studies;

namespace Ptune.Charts;

/// <summary>
/// McNemar's tests of several seeds as one figure: the median of their p-values, with the least and the greatest. The seeds share their test
/// examples, so their tests are not independent, and combining them into one smaller p (Fisher) would claim too much.
/// </summary>
public sealed record PairedSummary(double Median, double Least, double Greatest, double Gained, double Lost)
{
    /// <summary>How the seeds are combined, for the legend below a table.</summary>
    public const string Explanation = "p is from McNemar's paired test, one test for each seed: the median, with the range over the seeds.";

    public static PairedSummary? Of(McNemar[] tests)
    {
        if (tests.Length == 0) return null;
        var p = tests.Select(t => t.P).Order().ToArray();
        var middle = p.Length / 2;
        var median = p.Length % 2 == 1 ? p[middle] : (p[middle - 1] + p[middle]) / 2;
        return new PairedSummary(median, p[0], p[^1], tests.Average(t => (double)t.Gained), tests.Average(t => (double)t.Lost));
    }

    public override string ToString() => Least == Greatest ? Words.P(Median) : $"{Words.P(Median)} ({Words.P(Least)} to {Words.P(Greatest)})";
}
