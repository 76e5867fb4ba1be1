using System.Xml.Linq;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;
using static Ptune.Charts.Html;

namespace Ptune.Charts;

/// <summary>A language study's figures: weights that were tried, and gains along chains of updates.</summary>
public static class LanguageCharts
{
    private const double Width = 430, Height = 260, Left = 52, Bottom = 40, Top = 18, Right = 16;
    private const int Hues = 6;

    /// <summary>For each target a dot for each weight: the first task across, the second up. Nothing where fewer than two tasks were measured.</summary>
    public static IEnumerable<XElement> Fronts(StudyResult result, LanguageStudySpec spec)
    {
        if (result.Fronts is not { Length: > 0 } points || spec.Tasks.Length < 2) yield break;
        var methods = points.Select(point => LanguageTables.MethodOf(point.Method, point.Source, point.Target)).Distinct().ToArray();
        foreach (var target in points.GroupBy(point => point.Target)) yield return Front(target.Key, [.. target], spec.Tasks[0], spec.Tasks[1], methods);
    }

    /// <summary>For each source and task a line for each method.</summary>
    public static IEnumerable<XElement> Drifts(StudyResult result) =>
        (result.Drift ?? []).GroupBy(drift => (drift.Source, drift.Task)).Select(group => Drift(group.Key.Source, group.Key.Task, [.. group]));

    private static XElement Front(string target, StudyFrontPoint[] points, StudyTask across, StudyTask up, string[] methods)
    {
        var dots = (from point in points
                    where point.Task == across.Title()
                    let other = points.FirstOrDefault(other => other.Task == up.Title() && other.Method == point.Method && other.Source == point.Source && other.Weight == point.Weight)
                    where other is not null
                    orderby point.Weight
                    select (Method: LanguageTables.MethodOf(point.Method, point.Source, target), point.Weight, X: point.Mean, Y: other.Mean, Kl: point.KlMoved)).ToArray();
        var x = Axis.Around(dots.Min(dot => dot.X), dots.Max(dot => dot.X), Left, Width - Right, ticks: 4);
        var y = Axis.Around(dots.Min(dot => dot.Y), dots.Max(dot => dot.Y), Height - Bottom, Top);
        return E("figure",
            E("figcaption", E("strong", target), Keys(methods.Where(method => dots.Any(dot => dot.Method == method)), methods)),
            Svg.Image(Width, Height, $"{target}: {up.Title()} over {across.Title()} for each weight",
                Grid(x, y), Svg.Text(Width - Right, Height - 4, "end", across.Title()), Svg.Text(Left, Top - 2, "start", up.Title()),
                // Each line begins at the target alone, which is weight 0.
                dots.Where(dot => dot.Weight != 0).GroupBy(dot => dot.Method).Select(line => Svg.Path($"curve {Hue(Array.IndexOf(methods, line.Key))}", dots.Where(dot => dot.Weight == 0).Concat(line).OrderBy(dot => dot.Weight).Select(dot => (x.At(dot.X), y.At(dot.Y))))),
                dots.Select(dot => E("g",
                    Svg.Title($"{dot.Method}, weight {Words.Number(dot.Weight, "0.###")}: {across.Title()} {Words.Number(dot.X, "0.000")}, {up.Title()} {Words.Number(dot.Y, "0.000")}{(dot.Kl is { } kl ? $", moved by {Words.Number(kl, "0.000")} nats a token" : "")}"),
                    Svg.Dot($"dot {Hue(Array.IndexOf(methods, dot.Method))}", x.At(dot.X), y.At(dot.Y), 4),
                    Label(dot.Weight, x.At(dot.X), y.At(dot.Y), Array.IndexOf(methods, dot.Method))))));
    }

    /// <summary>Two methods' dots often coincide: their weights stand on either side.</summary>
    private static XElement Label(double weight, double x, double y, int method) =>
        method % 2 == 0 ? Svg.Text(x + 6, y - 6, "start", Words.Number(weight, "0.##")) : Svg.Text(x - 6, y + 14, "end", Words.Number(weight, "0.##"));

    private static XElement Drift(string source, string task, StudyDrift[] drifts)
    {
        var (first, last) = (drifts.Min(drift => drift.Updates.Min()), drifts.Max(drift => drift.Updates.Max()));
        var x = Axis.Around(first, last, Left, Width - Right, ticks: Math.Max(1, last - first));
        var y = Axis.Around(Math.Min(0, drifts.Min(drift => drift.Gains.Min())), Math.Max(0, drifts.Max(drift => drift.Gains.Max())), Height - Bottom, Top);
        string[] methods = [.. drifts.Select(drift => drift.Method)];
        return E("figure",
            E("figcaption", E("strong", $"{task}, from {source}"), Keys(methods, methods)),
            Svg.Image(Width, Height, $"{task}: gain over the updates of {source}",
                Grid(x, y), Svg.Text(Width - Right, Height - 4, "end", "updates"),
                drifts.Select((drift, i) => Svg.Path($"curve {Hue(i)}", drift.Updates.Zip(drift.Gains, (updates, gain) => (x.At(updates), y.At(gain))))),
                drifts.SelectMany((drift, i) => drift.Updates.Select((updates, link) => E("g",
                    Svg.Title($"{drift.Method} on {drift.Models[link]}: {Words.Number(drift.Gains[link], "0.000")} better than bare"),
                    Svg.Dot($"dot {Hue(i)}", x.At(updates), y.At(drift.Gains[link]), 4))))));
    }

    private static XElement Keys(IEnumerable<string> shown, string[] all) =>
        E("span", Class("keys"), shown.Select(name => E("span", E("i", Class($"key {Hue(Array.IndexOf(all, name))}")), name)));

    /// <summary>Beyond the colours that are easily told apart, lines are dashed.</summary>
    private static string Hue(int method) => method < Hues ? $"hue{method}" : $"hue{method % Hues} more";

    private static object[] Grid(Axis x, Axis y) =>
    [
        y.Ticks().Select(t => new[] { Svg.Line("grid", Left, y.At(t), Width - Right, y.At(t)), Svg.Text(Left - 6, y.At(t) + 4, "end", y.Label(t)) }),
        x.Ticks().Select(t => Svg.Text(x.At(t), Height - Bottom + 16, "middle", x.Label(t))),
    ];
}
