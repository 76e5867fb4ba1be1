using System.Xml.Linq;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Sweeps;
using static Ptune.Charts.Html;

namespace Ptune.Charts;

/// <summary>The objective against each varied value: one chart a path, one dot a training, coloured by its epochs.</summary>
public static class SweepScatter
{
    private const double Width = 430, Height = 250, Left = 44, Bottom = 38, Top = 12, Right = 14;
    private const int Hues = 6;

    /// <summary>Of a letter, in pixels.</summary>
    private const double LetterWidth = 6.5;

    /// <summary>A label's room, in pixels.</summary>
    private const double Narrowest = 40;

    public static XElement Of(SweepView sweep, SweepResult result)
    {
        var measure = SweepTables.Measure(sweep);
        var scale = measure.IsLowerBetter ? 1 : 100;
        var dots = result.Trials.SelectMany(t => t.Rungs.Where(r => r.Objective is not null).Select(r => new Dot(t, r.Epochs, r.Objective!.Value * scale))).ToArray();
        var epochs = dots.Select(d => d.Epochs).Distinct().Order().ToArray();
        var y = Axis.Around(dots.Min(d => d.Objective), dots.Max(d => d.Objective), Height - Bottom, Top);
        return E("div",
            E("p", Class("keys"), epochs.Take(Hues).Select((e, i) => E("span", E("i", Class($"key hue{i}")), Words.Count(e, measure.LengthUnit)))),
            E("div", Class("charts"), SweepTables.Paths(sweep).Select(path => Chart(path, sweep.Spec.Vary[path], dots, epochs, result.Best, y, measure))));
    }

    private static XElement Chart(string path, SweepRange range, Dot[] dots, int[] epochs, int best, Axis y, SweepMeasure measure)
    {
        var unit = measure.IsLowerBetter ? "" : " %";
        var place = Places(range, dots.Select(d => d.Trial.Values[path]));
        return E("figure",
            E("figcaption", E("strong", path)),
            Svg.Image(Width, Height + Svg.More(place.Labels.Select(l => l.Text), place.Letters), $"{(measure.IsLowerBetter ? measure.Metric : "Objective in percent")} against {path}",
                y.Ticks().Select(t => new[] { Svg.Line("grid", Left, y.At(t), Width - Right, y.At(t)), Svg.Text(Left - 6, y.At(t) + 4, "end", y.Label(t)) }),
                Svg.Text(Left - 6, Height - 8, "end", unit.Trim()),
                place.Labels.Select(l => Svg.Lines(l.X, Height - Bottom + 18, l.Text, place.Letters)),
                dots.Select(d => E("g",
                    Svg.Title($"trial {d.Trial.Number}, {path} {d.Trial.Values[path]}, {Words.Count(d.Epochs, measure.LengthUnit)}: {Words.Number(d.Objective, measure.IsLowerBetter ? "0.000" : "0.00")}{unit}"),
                    Svg.Dot($"dot hue{Math.Min(Array.IndexOf(epochs, d.Epochs), Hues - 1)}", place.At(d.Trial.Values[path]), y.At(d.Objective), 4),
                    d.Trial.Number == best ? Svg.Dot("best", place.At(d.Trial.Values[path]), y.At(d.Objective), 6.5) : null))));
    }

    /// <summary>Where values are: numbers between bounds on their scale, listed values side by side; and how many letters a line of a label has.</summary>
    private static (Func<SweepValue, double> At, (double X, string Text)[] Labels, int Letters) Places(SweepRange range, IEnumerable<SweepValue> tried)
    {
        if (range.Values is null)
        {
            double Scaled(double value) => range.Scale == SweepScale.Log ? Math.Log10(value) : value;
            var (low, high) = (Scaled(range.Min!.Value), Scaled(range.Max!.Value));
            double X(double value) => Left + 10 + ((Scaled(value) - low) / (high - low) * (Width - Right - Left - 20));
            var ticks = Ticks(range);
            return (value => X(value.Number!.Value), [.. ticks.Select(t => (X(t), Words.Figure(t, "0.######")))], Letters((Width - Right - Left) / ticks.Length));
        }
        var values = tried.Distinct().OrderBy(v => v.Number ?? 0).ThenBy(v => Array.IndexOf(range.Values, v)).ToArray();
        var slot = (Width - Right - Left) / values.Length;
        double Middle(SweepValue value) => Left + ((Array.IndexOf(values, value) + 0.5) * slot);
        // Of very many values every second or third has a label.
        var every = (int)Math.Ceiling(Narrowest / slot);
        return (Middle, [.. values.Where((_, i) => i % every == 0).Select(v => (Middle(v), v.ToString()))], Letters(slot * every));
    }

    private static int Letters(double width) => Math.Max(1, (int)(width / LetterWidth) - 1);

    private static double[] Ticks(SweepRange range)
    {
        var (min, max) = (range.Min!.Value, range.Max!.Value);
        if (range.Scale != SweepScale.Log) return [min, (min + max) / 2, max];
        var powers = Enumerable.Range((int)Math.Ceiling(Math.Log10(min) - 1e-9), 40).Select(p => Math.Pow(10, p)).TakeWhile(p => p <= max * 1.0000001).ToArray();
        return powers.Length > 1 ? powers : [min, max];
    }

    private sealed record Dot(SweepTrial Trial, int Epochs, double Objective);
}
