using Ptune.Cli.Output;
using Ptune.Contracts.Sweeps;
using Spectre.Console;

namespace Ptune.Cli.Report;

/// <summary>A sweep's trials on stdout.</summary>
internal static class SweepWriter
{
    public static void Write(IAnsiConsole console, SweepView sweep)
    {
        if (sweep.Result is { } result)
        {
            console.Line(SweepTables.Title(sweep, result));
            console.Line();
        }
        var paths = SweepTables.Paths(sweep);
        TextTable.Write(
            console,
            [">TRIAL", .. paths.Select(p => $">{p}"), $">{SweepTables.Measure(sweep).LengthUnit.ToUpperInvariant()}S", $">{SweepMeasure.Of(sweep.Spec).Metric.ToUpperInvariant()}", "STATUS"],
            SweepTables.Ranked(sweep).Select(t => (string[])[$"{t.Number}", .. paths.Select(p => t.Values[p].ToString()), SweepTables.Epochs(t), SweepTables.Objective(sweep, t), SweepTables.Status(t, sweep.Best)]));
        if (sweep.Result is null) return;
        console.Line();
        foreach (var line in SweepTables.Remarks(sweep, sweep.Result)) console.Line(line);
        console.Line();
        console.Line(SweepTables.Cost(sweep, sweep.Result));
    }
}
