using System.Xml.Linq;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;
using static Ptune.Charts.Html;

namespace Ptune.Charts;

/// <summary>Tables of a language study: sources by targets, paired tests, and how safe the ports are.</summary>
public static class LanguageMatrix
{
    /// <summary>For each task the methods of each source as rows, and the targets as columns.</summary>
    public static IEnumerable<XElement> HeatMaps(StudyResult result, LanguageStudySpec spec)
    {
        var cells = result.Cells ?? [];
        string[] targets = [.. spec.Sources.Concat(spec.Targets).Distinct().Where(target => cells.Any(row => row.Target == target))];
        foreach (var task in spec.Tasks)
        {
            var rows = cells.Where(row => row.Task == task.Title() && row.Metric == task.Metric()).ToArray();
            if (rows.Length == 0) continue;
            yield return E("h3", task.Title());
            yield return Table(
                ["Source", "Method", .. targets.Select(target => $">{target}")],
                rows.Select(row => (row.Source, row.Method)).Distinct().OrderBy(line => line.Source is null ? 0 : 1).Select(line => (object?[])
                [
                    line.Source ?? "–", line.Method,
                    .. targets.Select(target => rows.FirstOrDefault(row => row.Target == target && row.Method == line.Method && row.Source == line.Source) is { } row
                        ? LanguageSections.Hot(result, task, row)
                        : E("td", Class("n"), IsRefused(result, line.Method, line.Source, target) ? "refused" : "–")),
                ]));
        }
    }

    /// <summary>Null where nothing was compared in pairs.</summary>
    public static XElement? Paired(StudyResult result)
    {
        var rows = (result.Cells ?? []).Where(row => row.Paired is { Length: > 0 }).OrderBy(row => row.Target, LanguageTables.Order(result)).ToArray();
        // Bits per byte have an interval, and what is right or wrong has flips: columns that no row fills would only widen the table.
        var columns = new (string Head, Func<StudyRow, StudyPaired, string?> Value)[]
        {
            (">Difference", (row, paired) => Signed(paired.Difference, row.Metric)),
            (">95 % interval", (row, paired) => paired is { Low: { } low, High: { } high } ? $"{Signed(low, row.Metric)} to {Signed(high, row.Metric)}" : null),
            (">Gained", (_, paired) => paired.Gained is { } gained ? $"{gained}" : null),
            (">Negative flips", (_, paired) => paired.NegativeFlips is { } lost ? $"{lost}" : null),
            (">p (McNemar)", (_, paired) => paired.P is { } p ? Words.Number(p, p < 0.001 ? "0.#e0" : "0.000") : null),
        }.Where(column => rows.Any(row => row.Paired!.Any(paired => column.Value(row, paired) is not null))).ToArray();
        return rows.Length == 0 ? null : Table(
            ["Model", "Method", "Task", .. columns.Select(column => column.Head)],
            rows.Select(row => (object?[])
            [
                row.Target, LanguageTables.MethodOf(row), rows.Any(other => other.Task == row.Task && other.Metric != row.Metric) ? $"{row.Task} ({row.Metric})" : row.Task, .. columns.Select(column => Each(row, column.Value)),
            ]));
    }

    /// <summary>Null without a probe.</summary>
    public static XElement? Risks(StudyResult result) => result.Risks is not { Length: > 0 } risks ? null : Table(
        ["Target", "Method", ">KL from source", ">C", ">C, greatest", ">Target moved by", ">Tokens"],
        risks.Select(risk => (object?[])
        [
            risk.Target, LanguageTables.MethodOf(risk.Method, risk.Source, risk.Target), Words.Number(risk.KlFromSource, "0.000"), Words.Number(risk.C, "#,0.00"), Words.Number(risk.CMax, "#,0.0"),
            Words.Number(risk.KlMoved, "0.000"), $"{risk.Positions:N0}",
        ]));

    private static bool IsRefused(StudyResult result, string method, string? source, string target) =>
        result.Refused?.Any(refused => refused.Method == method && refused.Source == source && refused.Target == target) == true;

    // One line for each seed.
    private static XElement Each(StudyRow row, Func<StudyRow, StudyPaired, string?> value) =>
        E("td", Class("n"), row.Paired!.SelectMany((paired, i) => i == 0 ? [(object)(value(row, paired) ?? "–")] : new object[] { E("br"), value(row, paired) ?? "–" }));

    // Accuracies are in % elsewhere, so their differences are in points.
    private static string Signed(double value, string metric) => metric == MetricNames.BitsPerByte ? Words.Number(value, "+0.000;-0.000;0.000") : Words.Number(value * 100, "+0.0;-0.0;0.0");
}
