using System.Xml.Linq;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;
using static Ptune.Charts.Html;

namespace Ptune.Charts;

/// <summary>A language study's part of the report.</summary>
public static class LanguageSections
{
    /// <summary>So many sentences are read one by one.</summary>
    private const int Few = 8;

    public static IEnumerable<object> Of(StudyResult result, LanguageStudySpec spec)
    {
        yield return E("p", Class("facts"), $"{Capital(LanguageTables.Title(result, spec))}. {LanguageTables.Jobs(result)}");
        yield return Section("Comparison",
            Comparison(result, spec),
            Changes(result, spec),
            E("p", Class("note"), "The colour shows each task's own range: the warmest cell is the best. A method without a spread has one value."));
        yield return Section("Sources by targets", LanguageMatrix.HeatMaps(result, spec), E("p", Class("note"), "The colour shows each task's own range: the warmest cell is the best."));
        if (LanguageMatrix.Paired(result) is { } paired)
            yield return Section("Paired tests", paired, E("p", Class("note"), "Against the bare model on the same examples, a line for each seed; accuracies differ in points. Bits per byte: a bootstrap over the texts. Right and wrong: McNemar's exact test; negative flips are examples that only the bare model gets right."));
        if (LanguageMatrix.Risks(result) is { } risks)
            yield return Section("Is the port safe?", risks, E("p", Class("note"), $"Measured on the probe, of the first seed, in nats a token. KL from source is KL(source || target), C is max e^r / E_source[e^r]: the paper bounds the harm of a port by both. Target moved by is KL(with what is carried || bare).{Overlap(result)}"));
        if (LanguageCharts.Fronts(result, spec).ToArray() is { Length: > 0 } fronts)
            yield return Section("Weights", E("div", Class("charts"), fronts), FrontTable(result, spec), E("p", Class("note"), $"On the validation split, a dot for each weight; weight 0 is the target alone. {Better(spec.Tasks[0])} {Better(spec.Tasks[1])}"));
        if (LanguageCharts.Drifts(result).ToArray() is { Length: > 0 } drifts)
            yield return Section("Drift along the updates", E("div", Class("charts"), drifts), DriftTable(result), E("p", Class("note"), "The gain over the bare model of the same version; above 0 is better."));
        object[] harm = [.. LanguageTables.Refusals(result).Select(Refusal), .. LanguageHarm.Of(result, spec).Select(line => E("li", line))];
        if (harm.Length > 0) yield return Section("Refused or harmful", E("ul", Class("verdicts"), harm));
        yield return Section("Cost", Cost(result), E("p", Class("note"), "Means over the seeds, the memory their greatest; what was not measured is left out."));
        if (result.Generations is { Length: > 0 } texts && spec.Generations is { } asked) yield return Section("Texts side by side", Texts(result, texts, asked));
        yield return Section("Data", Data(spec));
    }

    /// <summary>Many changes are summed up by method, and each of them is read by who opens the list.</summary>
    private static object[] Changes(StudyResult result, LanguageStudySpec spec)
    {
        string[] changes = [.. LanguageTables.Changes(result, spec)];
        var each = Folded(changes.Length, Few, $"Each of the {changes.Length} comparisons", List(changes));
        return changes.Length <= Few ? [each] : [E("p", "Against the bare models:"), List(LanguageSummary.Of(result, spec)), each];
    }

    private static XElement List(IEnumerable<string> lines) => E("ul", Class("verdicts"), lines.Select(line => E("li", line)));

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

    /// <summary>On a narrow page the spread goes below its mean, with its sign.</summary>
    internal static XElement Hot(StudyResult result, StudyTask task, StudyRow row)
    {
        var means = result.Cells!.Where(other => other.Task == row.Task && other.Metric == row.Metric).Select(other => other.Mean).ToArray();
        var (low, high) = (means.Min(), means.Max());
        var share = high > low ? (row.Mean - low) / (high - low) * 100 : 50;
        return E("td", Class("n hot"), A("style", $"--heat:{Words.Number(task.IsLessBetter() ? 100 - share : share, "0")}%"), LanguageTables.Show(row).Replace("± ", "±\u00a0", StringComparison.Ordinal));
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

    private static string Overlap(StudyResult result) => result.Risks!.Max(risk => risk.Overlap) is { } overlap and > 0
        ? $" {Words.Count(overlap, "example")} of the probe {(overlap == 1 ? "is" : "are")} among those that the study tunes on, so the figures are not those of new texts."
        : "";

    private static string Better(StudyTask task) => $"{task.Title()}: {(task.IsLessBetter() ? "lower" : "higher")} is better.";

    /// <summary>A list of tensors is opened by who wants to read it.</summary>
    private static XElement Refusal(string line) =>
        line.IndexOf(';', StringComparison.Ordinal) is > 0 and var end ? E("li", E("details", E("summary", $"{line[..end]}."), line[(end + 1)..].Trim())) : E("li", line);

    private static XElement FrontTable(StudyResult result, LanguageStudySpec spec) => Table(
        ["Model", "Method", ">Weight", .. spec.Tasks.Select(task => $">{task.Title()}"), ">Moved by, nats a token"],
        result.Fronts!.GroupBy(point => (point.Target, point.Method, point.Source, point.Weight)).OrderBy(points => points.Key.Target, LanguageTables.Order(result)).Select(points => (object?[])
        [
            points.Key.Target, LanguageTables.MethodOf(points.Key.Method, points.Key.Source, points.Key.Target), Words.Number(points.Key.Weight, "0.###"),
            .. spec.Tasks.Select(task => points.FirstOrDefault(point => point.Task == task.Title()) is { } point ? LanguageTables.Show(point.Mean, point.Sd, point.Metric) : "–"),
            points.First().KlMoved is { } moved ? Words.Number(moved, "0.000") : "–",
        ]));

    private static XElement DriftTable(StudyResult result)
    {
        string[] models = [.. result.Drift!.SelectMany(drift => drift.Models).Distinct()];
        return Table(
            ["Source", "Method", "Task", .. models.Select(model => $">{model}"), ">Change with each update"],
            result.Drift!.Select(drift => (object?[])
            [
                drift.Source, drift.Method, drift.Task, .. models.Select(model => Array.IndexOf(drift.Models, model) is >= 0 and var link ? Words.Number(drift.Gains[link], "0.000") : "–"),
                drift.Slope is { } slope ? $"{Words.Number(slope, "+0.000;-0.000;0.000")}{(drift.SlopeSd is { } sd ? $" ± {Words.Number(sd, "0.000")}" : "")}" : "–",
            ]));
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static XElement Texts(StudyResult result, StudyText[] texts, StudyGenerations asked) => Table(
        ["Model", "Method", .. asked.Prompts],
        texts.OrderBy(text => text.Target, LanguageTables.Order(result)).Select(text => (object?[])
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
