using System.Xml.Linq;
using Ptune.Cli.Output;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;
using static Ptune.Cli.Report.Html;

namespace Ptune.Cli.Report;

/// <summary>A language study's part of the report.</summary>
internal static class LanguageSections
{
    public static IEnumerable<object> Of(StudyResult result, LanguageStudySpec spec)
    {
        yield return E("p", Class("facts"), $"{Capital(LanguageTables.Title(result, spec))}. {LanguageTables.Jobs(result)}");
        yield return Section("Comparison",
            Comparison(result, spec),
            E("ul", Class("verdicts"), LanguageTables.Changes(result, spec).Select(change => E("li", change))),
            E("p", Class("note"), "The colour shows each task's own range: the warmest cell is the best. A method without a spread has one value."));
        yield return Section("Cost", Cost(result), E("p", Class("note"), "Means over the seeds, the memory their greatest; what was not measured is left out."));
        if (result.Generations is { Length: > 0 } texts && spec.Generations is { } asked) yield return Section("Texts side by side", Texts(texts, asked));
        yield return Section("Data", Data(spec));
    }

    private static XElement Comparison(StudyResult result, LanguageStudySpec spec)
    {
        var tasks = spec.Tasks;
        return Table(
            ["Model", "Method", .. tasks.Select(task => $">{task.Title()}")],
            LanguageTables.Groups(result).Select(rows => (object?[])
            [
                rows[0].Target, LanguageTables.MethodOf(rows[0]), .. tasks.Select(task => rows.FirstOrDefault(row => row.Task == task.Title()) is { } row ? Hot(result, task, row) : E("td", Class("n"), "–")),
            ]));
    }

    private static XElement Hot(StudyResult result, StudyTask task, StudyRow row)
    {
        var means = result.Cells!.Where(other => other.Task == row.Task).Select(other => other.Mean).ToArray();
        var (low, high) = (means.Min(), means.Max());
        var share = high > low ? (row.Mean - low) / (high - low) * 100 : 50;
        return E("td", Class("n hot"), A("style", $"--heat:{Words.Number(task.IsLessBetter() ? 100 - share : share, "0")}%"), LanguageTables.Show(row));
    }

    private static XElement Cost(StudyResult result)
    {
        var groups = LanguageTables.Groups(result).Where(rows => rows[0].Cost is not null).ToArray();
        var columns = new (string Head, Func<StudyRow, string?> Value)[]
        {
            (">Training", row => row.Cost!.TrainingSeconds is null ? null : LanguageTables.Training(row)),
            (">Size of what was learnt", row => row.Cost!.ArtifactBytes is null ? null : LanguageTables.Size(row)),
            (">Peak memory of training", row => row.Cost!.PeakMemoryBytes is { } peak ? Words.Bytes((long)peak) : null),
            (">Inference against bare", row => row.Cost!.InferenceRatio is null ? null : ResultTables.Ratio(row.Cost.InferenceRatio)),
            (">Until the first answer", row => row.Cost!.SecondsToDeploy is { } seconds ? Words.Seconds(seconds) : null),
        }.Where(column => groups.Any(rows => column.Value(rows[0]) is not null)).ToArray();
        return Table(
            ["Model", "Method", .. columns.Select(column => column.Head)],
            groups.Select(rows => (object?[])[rows[0].Target, LanguageTables.MethodOf(rows[0]), .. columns.Select(column => column.Value(rows[0]) ?? "–")]));
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static XElement Texts(StudyText[] texts, StudyGenerations asked) => Table(
        ["Model", "Method", .. asked.Prompts],
        texts.Select(text => (object?[])
        [
            text.Target, LanguageTables.MethodOf(text.Method, text.Source, text.Target),
            .. asked.Prompts.Select((_, i) => E("td", Class("text"), text.Texts is { } read && i < read.Length ? read[i] ?? "" : "–")),
        ]));

    private static object[] Data(LanguageStudySpec spec) =>
    [
        Table(
            ["Data set", "File", "SHA-256"],
            spec.Datasets.SelectMany(dataset => dataset.Value.Declared().Select(declared => new object?[] { dataset.Key, declared.File.Path, E("code", declared.File.Sha256) }))),
        E("p", Class("note"), $"Tuning, validation and test have the shares {string.Join(", ", (spec.Splits.Shares ?? []).Select(share => Words.Number(share, "0.###")))} of each data set, drawn by seed {spec.Splits.Seed}; equal texts lie in one split."),
    ];
}
