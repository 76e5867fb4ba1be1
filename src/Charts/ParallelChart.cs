using System.Xml.Linq;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Sweeps;
using static Ptune.Charts.Html;

namespace Ptune.Charts;

/// <summary>The trials of a sweep in parallel coordinates: an axis for each varied path, and one for the objective.</summary>
public static class ParallelChart
{
    private const double Height = 260, Top = 30, Bottom = 34, Side = 60, Gap = 150;

    /// <summary>More lines than this hide each other: the best ones are drawn.</summary>
    private const int MostLines = 300;

    public static XElement Of(SweepView sweep)
    {
        var measure = SweepTables.Measure(sweep);
        var paths = SweepTables.Paths(sweep);
        var trials = SweepTables.Ranked(sweep).Where(t => t.Objective is not null).Take(MostLines).Reverse().ToArray();
        var width = (Side * 2) + (paths.Length * Gap);
        var places = paths.Select(path => Places(sweep.Spec.Vary[path], [.. trials.Select(t => t.Values[path])])).ToArray();
        var objectives = trials.Select(t => t.Objective!.Value).ToArray();
        var (low, high) = (objectives.Min(), objectives.Max());
        // Where all trials have one figure, it stands once, at their height.
        (double At, double Figure)[] ends = high > low ? [(1, high), (0, low)] : [(0.5, high)];
        double Objective(SweepTrial trial) => high > low ? (trial.Objective!.Value - low) / (high - low) : 0.5;
        double Good(SweepTrial trial) => measure.IsLowerBetter ? 1 - Objective(trial) : Objective(trial);
        return E("div", Class("scroll"), Svg.Image(width, Height, $"{trials.Length} trials: {string.Join(", ", paths)} and {measure.Metric}",
            paths.Append(measure.Metric).Select((path, i) => new[] { Svg.Line("grid", X(i), Top, X(i), Height - Bottom), Svg.Text(X(i), Height - 8, "middle", Short(path), "label strong") }),
            places.Select((place, i) => place.Labels.Select(l => Svg.Text(X(i) - 6, Y(l.At) + 4, "end", l.Text))),
            ends.Select(end => Svg.Text(X(paths.Length) + 6, Y(end.At) + 4, "start", SweepTables.Figure(sweep, end.Figure) + SweepTables.Unit(sweep))),
            trials.Select(t => Svg.Path(
                $"trial {(t.Number == sweep.Best ? "best" : $"tier{(int)Math.Min(3, Good(t) * 4)}")}",
                [.. paths.Select((path, i) => (X(i), Y(places[i].At(t.Values[path])))), (X(paths.Length), Y(Objective(t)))],
                Svg.Title($"trial {t.Number}: {string.Join(", ", paths.Select(p => $"{p} {t.Values[p]}"))}: {SweepTables.Figure(sweep, t.Objective!.Value)}")))));
    }

    private static double X(int axis) => Side + (axis * Gap);

    private static double Y(double share) => Height - Bottom - (share * (Height - Bottom - Top));

    /// <summary>The end of a path says what it is.</summary>
    private static string Short(string path) => path[(path.LastIndexOf('.') + 1)..];

    /// <summary>Where a value is between 0 and 1, and what stands beside the axis.</summary>
    private static (Func<SweepValue, double> At, (double At, string Text)[] Labels) Places(SweepRange range, SweepValue[] tried)
    {
        if (range.Values is null && range is { Min: { } min, Max: { } max } && max > min)
        {
            double Scaled(double value) => range.Scale == SweepScale.Log ? Math.Log10(value) : value;
            return (value => (Scaled(value.Number!.Value) - Scaled(min)) / (Scaled(max) - Scaled(min)), [(0, Words.Figure(min, "0.####")), (1, Words.Figure(max, "0.####"))]);
        }
        var values = tried.Distinct().OrderBy(v => v.Number ?? 0).ThenBy(v => v.ToString(), StringComparer.Ordinal).ToArray();
        double At(SweepValue value) => values.Length < 2 ? 0.5 : (double)Array.IndexOf(values, value) / (values.Length - 1);
        var every = Math.Max(1, (values.Length + 9) / 10);
        return (At, [.. values.Where((_, i) => i % every == 0).Select(v => (At(v), v.ToString() is { Length: > 14 } text ? text[..13] + "…" : v.ToString()))]);
    }
}
