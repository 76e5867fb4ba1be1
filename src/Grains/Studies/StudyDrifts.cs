using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;

namespace Ptune.Grains.Studies;

/// <summary>Gains along chains of updates, from a language study's rows.</summary>
internal static class StudyDrifts
{
    /// <summary>Null where no source has an update of an update among the targets.</summary>
    public static StudyDrift[]? Of(LanguageStudySpec study, IReadOnlyList<StudyRow> rows)
    {
        var titles = study.Methods.OfType<BareStudyMethod>().Select(method => method.Title()).ToHashSet();
        var found = from source in study.Sources
                    let chain = Chain(study, source)
                    where chain.Length > 1
                    from task in study.Tasks
                    from method in study.Methods.Select(method => method.Title()).Where(title => !titles.Contains(title))
                    let drift = Drift(source, chain, task, method, titles, rows)
                    where drift is not null
                    select drift;
        return found.ToArray() is { Length: > 0 } all ? all : null;
    }

    /// <summary>The targets that are updates of a source, with how many updates they are away.</summary>
    private static (string Model, int Updates)[] Chain(LanguageStudySpec study, string source) =>
    [
        .. study.Targets.Select(target => (Model: target, Between: study.UpdatesBetween([source], target))).Where(link => link.Between is not null)
            .Select(link => (link.Model, link.Between!.Count + 1)).OrderBy(link => link.Item2),
    ];

    private static StudyDrift? Drift(string source, (string Model, int Updates)[] chain, StudyTask task, string method, HashSet<string> bareTitles, IReadOnlyList<StudyRow> rows)
    {
        StudyRow? Row(string target, Func<StudyRow, bool> which) => rows.FirstOrDefault(row => row.Target == target && row.Task == task.Title() && row.Metric == task.Metric() && which(row));
        var measured = chain.Select(link => (link.Model, link.Updates, Bare: Row(link.Model, row => bareTitles.Contains(row.Method)), Own: Row(link.Model, row => row.Method == method && (row.Source is null || row.Source == source))))
            .Where(link => link.Bare is not null && link.Own is not null).ToArray();
        if (measured.Length == 0) return null;
        double sign = task.IsLessBetter() ? -1 : 1;
        double[] xs = [.. measured.Select(link => (double)link.Updates)];
        double[] slopes = xs.Distinct().Count() < 2 ? [] : [.. Enumerable.Range(0, measured[0].Own!.Values.Length).Select(seed => Slope(xs, [.. measured.Select(link => sign * (link.Own!.Values[seed] - link.Bare!.Mean))]))];
        var figure = slopes.Length == 0 ? null : Accuracy.Of(slopes);
        return new StudyDrift
        {
            Source = source,
            Method = method,
            Task = task.Title(),
            Models = [.. measured.Select(link => link.Model)],
            Updates = [.. measured.Select(link => link.Updates)],
            Gains = [.. measured.Select(link => sign * (link.Own!.Mean - link.Bare!.Mean))],
            Slope = figure?.Mean,
            SlopeSd = slopes.Length > 1 ? figure!.Sd : null,
        };
    }

    private static double Slope(double[] xs, double[] ys)
    {
        var (x, y) = (xs.Average(), ys.Average());
        return xs.Zip(ys, (a, b) => (a - x) * (b - y)).Sum() / xs.Sum(a => (a - x) * (a - x));
    }
}
