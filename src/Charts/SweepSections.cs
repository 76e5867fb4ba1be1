using System.Xml.Linq;
using Ptune.Contracts.Sweeps;
using static Ptune.Charts.Html;

namespace Ptune.Charts;

/// <summary>A sweep's part of the report.</summary>
public static class SweepSections
{
    public static IEnumerable<object> Of(SweepView sweep, SweepResult result)
    {
        yield return E("p", Class("facts"), $"{SweepTables.Title(sweep, result)}. {SweepTables.Cost(sweep, result)}");
        yield return E("ul", Class("verdicts"), SweepTables.Remarks(sweep, result).Select(r => E("li", r)));
        yield return Section("Objective by value",
            SweepScatter.Of(sweep, result),
            E("p", Class("note"), "Each dot is a measured training run; the ring marks the best trial."));
        yield return Section("Trials", Trials(sweep));
    }

    public static XElement Trials(SweepView sweep)
    {
        var paths = SweepTables.Paths(sweep);
        var measure = SweepTables.Measure(sweep);
        var (unit, isLower) = (measure.LengthUnit == "step" ? "Step" : "Epoch", measure.IsLowerBetter);
        var table = Table(
            [">Trial", .. paths.Select(p => $">{p}"), $">{unit}s", isLower ? ">Objective" : ">Objective, %", "Status", "At each rung"],
            SweepTables.Ranked(sweep).Select(t => (object?[])
            [
                t.Number, .. paths.Select(p => t.Values[p].ToString()), SweepTables.Epochs(t), SweepTables.Objective(sweep, t), SweepTables.Status(t, sweep.Best),
                string.Join(", ", t.Rungs.Where(r => r.Objective is not null).Select(r => $"{r.Epochs}: {(isLower ? SweepTables.Figure(sweep, r.Objective!.Value) : Words.Percent(r.Objective!.Value))}")),
            ]));
        // The best comes first.
        if (sweep.Best is not null) table.Descendants("tbody").Elements("tr").First().Add(Class("chosen"));
        return table;
    }
}
