using System.Xml.Linq;
using Ptune.Contracts.Studies;
using static Ptune.Charts.Html;

namespace Ptune.Charts;

/// <summary>The matrix of models and methods: each cell says its accuracy, and its colour says it again.</summary>
public static class HeatMap
{
    public static XElement Of(StudyResult result)
    {
        var (low, high) = Bounds(result);
        XElement Hot(Accuracy accuracy, string? mark = null) => E(
            "td", Class("n hot" + (mark is null ? "" : $" {mark}")), A("style", $"--heat:{Words.Number(high > low ? (accuracy.Mean - low) / (high - low) * 100 : 50, "0")}%"), ResultTables.Show(accuracy));
        XElement None() => E("td", Class("n"), "–");
        var source = result.Source!;
        return Table(
            ["Model", ">Bare", ">Reward alone", ">EFT", ">Ported (PRT)", ">Retrained", ">Kept"],
            [
                [E("th", A("scope", "row"), source.Model, " ", E("small", "source")), Hot(source.Bare), Hot(source.RewardAlone), None(), Hot(source.Prt, "port"), Hot(source.Tuned), None()],
                .. result.Targets.Select(t => new object?[] { t.Model, Hot(t.Bare), Hot(t.RewardAlone), Hot(t.Eft), Hot(t.Ported, Verdicts.Loses(t) ? "port behind" : "port"), Hot(t.Retrained), ResultTables.Kept(t) }),
            ]);
    }

    private static (double Low, double High) Bounds(StudyResult result)
    {
        var source = result.Source!;
        Accuracy[] all =
        [
            source.Bare, source.Prt, source.Tuned, source.RewardAlone,
            .. result.Targets.SelectMany(t => new[] { t.Bare, t.RewardAlone, t.Eft, t.Ported, t.Retrained }),
        ];
        return (all.Min(a => a.Mean), all.Max(a => a.Mean));
    }
}
