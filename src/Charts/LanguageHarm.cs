using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;
using static Ptune.Charts.LanguageTables;

namespace Ptune.Charts;

/// <summary>What makes models worse at a task than they are alone, in words: a line for each method and task. What is better at nothing is harmful; what is better at another task has its price.</summary>
public static class LanguageHarm
{
    public static IEnumerable<string> Of(StudyResult result, LanguageStudySpec spec)
    {
        var changes = (from row in result.Cells ?? []
                       let bare = BareOf(result, spec, row)
                       let task = spec.Tasks.FirstOrDefault(task => task.Title() == row.Task && task.Metric() == row.Metric)
                       where bare is not null && task is not null && !ReferenceEquals(bare, row) && row.Mean != bare.Mean
                       select (Row: row, Bare: bare, Better: row.Mean < bare.Mean == task.IsLessBetter())).ToArray();
        var better = changes.Where(change => change.Better).ToLookup(change => (change.Row.Target, change.Row.Method, change.Row.Source), change => change.Row.Task);
        return from change in changes
               where !change.Better
               let gains = string.Join(", ", better[(change.Row.Target, change.Row.Method, change.Row.Source)].Distinct())
               group (change.Row, change.Bare) by (Method: MethodOf(change.Row), change.Row.Task, Gains: gains) into rows
               orderby rows.Key.Gains.Length > 0
               select Line(rows.Key.Method, rows.Key.Task, rows.Key.Gains, [.. rows]);
    }

    private static string Line(string method, string task, string gains, (StudyRow Row, StudyRow Bare)[] rows)
    {
        var (start, what) = gains.Length > 0 ? ("At a price", $"better at {gains} and worse at {task}") : ("Harmful", $"worse at {task}");
        return rows is [var (row, bare)]
            ? $"{start}: {method} makes {row.Target} {what}, {Show(row)} against {Show(bare)} without it."
            : $"{start}: {method} makes {rows.Length} models {what}: {string.Join("; ", rows.Select(one => $"{one.Row.Target} {Show(one.Row)} against {Show(one.Bare)}"))} without it.";
    }
}
