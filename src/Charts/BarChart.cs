using System.Xml.Linq;
using Ptune.Contracts.Studies;
using static Ptune.Charts.Html;

namespace Ptune.Charts;

/// <summary>Accuracy by target and method, with the spread over the seeds.</summary>
public static class BarChart
{
    private const double Left = 44, Top = 12, Bottom = 34, Height = 320, BarWidth = 34, GroupGap = 40;

    /// <summary>Of a bold letter, in pixels: the widest that names usually have.</summary>
    private const double LetterWidth = 8;

    private static readonly (string Kind, string Name)[] Methods =
        [("bare", "bare"), ("alone", "reward alone"), ("eft", "EFT"), ("ported", "ported (PRT)"), ("retrained", "retrained")];

    private static int NameLetters => (int)(((Methods.Length * BarWidth) + GroupGap) / LetterWidth);

    public static XElement Of(StudyResult result)
    {
        var groups = result.Targets.Select(t => (t.Model, Bars: new[] { t.Bare, t.RewardAlone, t.Eft, t.Ported, t.Retrained })).ToList();
        var highest = groups.Max(g => g.Bars.Max(b => Math.Max(b.Mean + b.Sd, b.Values.Length > 0 ? b.Values.Max() : 0)));
        var axis = Axis.Around(0, Math.Min(1, highest) * 100, Height - Bottom, Top);
        var groupWidth = Methods.Length * BarWidth;
        var width = Math.Max(420, Left + (groups.Count * (groupWidth + GroupGap)) + 10);
        return E("figure",
            E("figcaption", Class("keys"), Methods.Select(m => E("span", E("i", Class($"key {m.Kind}")), m.Name))),
            Svg.Image(width, Height + Svg.More(result.Targets.Select(t => t.Model), NameLetters), "Accuracy in percent by target and method",
                axis.Ticks().Select(t => new[] { Svg.Line("grid", Left, axis.At(t), width, axis.At(t)), Svg.Text(Left - 6, axis.At(t) + 4, "end", axis.Label(t)) }),
                Svg.Text(Left - 6, Height - 8, "end", "%"),
                groups.Select((g, i) => Group(axis, g.Model, g.Bars, Left + (GroupGap / 2) + (i * (groupWidth + GroupGap))))));
    }

    private static XElement Group(Axis axis, string model, Accuracy[] bars, double x) => E("g",
        bars.Select((b, i) => Bar(axis, model, Methods[i], b, x + (i * BarWidth))),
        Svg.Lines(x + (Methods.Length * BarWidth / 2), Height - Bottom + 18, model, NameLetters, "label strong"));

    private static XElement Bar(Axis axis, string model, (string Kind, string Name) method, Accuracy accuracy, double x)
    {
        var (top, zero, middle) = (axis.At(accuracy.Mean * 100), axis.At(0), x + (BarWidth / 2));
        var spread = accuracy.Values.Length > 1 && accuracy.Sd > 0;
        return E("g",
            Svg.Title($"{model}, {method.Name}: {ResultTables.Show(accuracy)} % ({string.Join(", ", accuracy.Values.Select(Words.Percent))})"),
            Svg.Rect($"bar {method.Kind}", x + 1, top, BarWidth - 2, zero - top),
            spread ? Svg.Line("whisker", middle, axis.At((accuracy.Mean - accuracy.Sd) * 100), middle, axis.At((accuracy.Mean + accuracy.Sd) * 100)) : null,
            spread ? accuracy.Values.Select(v => Svg.Dot("seed", middle, axis.At(v * 100), 2)) : null,
            Svg.Text(middle, Math.Max(10, axis.At((accuracy.Mean + (spread ? accuracy.Sd : 0)) * 100) - 5), "middle", Words.Number(accuracy.Mean * 100, "0"), "label small"));
    }
}
