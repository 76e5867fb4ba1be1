using System.Xml.Linq;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;
using static Ptune.Charts.Html;

namespace Ptune.WebConsole.Figures;

/// <summary>A study's figures while it runs: what the evaluations that have ended have found, by target and method.</summary>
/// <param name="Columns">Methods, or tasks.</param>
/// <param name="Rows">For each row its title and the values that are there for each column.</param>
public sealed record StudyMatrix(string[] Columns, IReadOnlyList<(string Title, double[][] Values)> Rows)
{
    private const string Evaluation = "evaluation", Measured = "measured";

    private static readonly (string Title, string Metric)[] Methods =
    [
        ("Bare", MetricNames.AccuracyBare), ("Reward alone", MetricNames.AccuracyRewardAlone), ("EFT", MetricNames.AccuracyEft), ("Ported (PRT)", MetricNames.AccuracyPorted), ("Retrained", MetricNames.AccuracyRetrained),
    ];

    public static readonly StudyMatrix None = new([], []);

    /// <summary>The cells whose results the matrix is made of.</summary>
    public static StudyCell[] Sources(StudyView study) => study.Result is not null ? [] : [.. study.Cells.Where(c => c.Key.Split('/')[0] is Evaluation or Measured)];

    /// <param name="study">The study.</param>
    /// <param name="cells">Those of <see cref="Sources"/>, with the results of the ones that have ended.</param>
    public static StudyMatrix Of(StudyView study, IReadOnlyList<(StudyCell Cell, JobResult? Result)> cells)
    {
        if (study.Spec is TransferStudySpec)
        {
            var rows = cells.GroupBy(c => c.Cell.Key.Split('/')[1]).Select(g => (g.Key, Methods.Select(m => Values(g, m.Metric)).ToArray())).ToArray();
            return new StudyMatrix([.. Methods.Select(m => m.Title)], rows);
        }
        if (study.Spec is not LanguageStudySpec language) return None;
        var tasks = language.Tasks.Select(t => (Title: t.Title(), Metric: t.Metric())).ToArray();
        return new StudyMatrix([.. tasks.Select(t => t.Title)], [.. cells.GroupBy(c => Subject(c.Cell.Key, tasks.Select(t => t.Title))).Where(g => g.Key.Length > 0)
            .Select(g => (g.Key, tasks.Select(t => Values(g.Where(c => c.Cell.Key.Split('/').Contains(t.Title)), t.Metric)).ToArray()))]);
    }

    /// <summary>A table whose warm cells are the best of their column; a bar of the cells that are still to come stands as a dash.</summary>
    public XElement Table()
    {
        var means = Rows.SelectMany(r => r.Values).Where(v => v.Length > 0).Select(v => v.Average()).ToArray();
        var (low, high) = means.Length == 0 ? (0, 1) : (means.Min(), means.Max());
        return Html.Table(["Model", .. Columns.Select(c => $">{c}")], Rows.Select(r => (object?[])[r.Title, .. r.Values.Select(v => v.Length == 0
            ? E("td", Class("n soft"), "…")
            : E("td", Class("n hot"), A("style", $"--heat:{Words.Number(high > low ? (v.Average() - low) / (high - low) * 100 : 50, "0")}%"), Show(v.Average())))]));
    }

    /// <summary>A fraction in percent; what is none, as it is.</summary>
    private static string Show(double value) => value is >= 0 and <= 1 ? Words.Percent(value) : Words.Number(value, "0.000");

    private static double[] Values(IEnumerable<(StudyCell Cell, JobResult? Result)> cells, string metric) =>
        [.. cells.Select(c => c.Result?.Metrics).OfType<Dictionary<string, double>>().Where(m => m.ContainsKey(metric)).Select(m => m[metric])];

    /// <summary>What stands before the task in a cell's place.</summary>
    private static string Subject(string key, IEnumerable<string> tasks)
    {
        var parts = key.Split('/');
        var at = Array.FindIndex(parts, 1, p => tasks.Contains(p));
        return at < 0 ? "" : string.Join(", ", parts[1..at]);
    }
}
