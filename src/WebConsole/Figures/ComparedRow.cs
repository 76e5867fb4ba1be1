using Ptune.Contracts.Studies;

namespace Ptune.WebConsole.Figures;

/// <summary>The same figure of two studies.</summary>
public sealed record ComparedRow(string Target, string Method, string Task, string ShowA, string ShowB, string Difference)
{
    private const string Missing = "–";

    public static IReadOnlyList<ComparedRow> Of(StudyView a, StudyView b)
    {
        var (first, second) = (Rows(a), Rows(b));
        return [.. first.Keys.Union(second.Keys).Select(key => (Key: key, A: first.GetValueOrDefault(key), B: second.GetValueOrDefault(key))).Select(p => new ComparedRow(
            p.Key.Target, LanguageTables.MethodOf(p.Key.Method, p.Key.Source, p.Key.Target), p.Key.Task == p.Key.Metric ? p.Key.Task : $"{p.Key.Task} ({p.Key.Metric})",
            p.A is null ? Missing : LanguageTables.Show(p.A), p.B is null ? Missing : LanguageTables.Show(p.B),
            p.A is null || p.B is null ? Missing : Signed(p.B.Mean - p.A.Mean, p.Key.Metric)))];
    }

    private static Dictionary<(string Target, string Method, string? Source, string Task, string Metric), StudyRow> Rows(StudyView study) =>
        (study.Result?.Cells ?? []).GroupBy(row => (row.Target, row.Method, row.Source, row.Task, row.Metric)).ToDictionary(g => g.Key, g => g.First());

    private static string Signed(double difference, string metric) => metric == Contracts.Artifacts.MetricNames.BitsPerByte
        ? Words.Number(difference, "+0.000;-0.000;0.000") : Words.Number(difference * 100, "+0.0;-0.0;0.0");
}
