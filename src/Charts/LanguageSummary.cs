using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;
using static Ptune.Charts.LanguageTables;

namespace Ptune.Charts;

/// <summary>What each method changes against the bare models, over all of them: a sentence for each method and source.</summary>
public static class LanguageSummary
{
    public static IEnumerable<string> Of(StudyResult result, LanguageStudySpec spec) =>
        from row in result.Cells ?? []
        let bare = BareOf(result, spec, row)
        where bare is not null && !ReferenceEquals(bare, row)
        group (Row: row, Bare: bare) by MethodOf(row) into method
        let models = method.Select(one => one.Row.Target).Distinct().Count()
        let changes = from task in spec.Tasks
                      let differences = method.Where(one => one.Row.Task == task.Title() && one.Row.Metric == task.Metric()).Select(one => one.Row.Mean - one.Bare.Mean).ToArray()
                      where differences.Length > 0
                      select Change(task, differences)
        select $"{method.Key} on {Words.Count(models, "model")}: {string.Join(", ", changes)}.";

    private static string Change(StudyTask task, double[] differences)
    {
        // Above 0 is better, whatever the task's figure is.
        double[] gains = [.. differences.Select(difference => task.IsLessBetter() ? -difference : difference)];
        var (low, high) = (gains.Min(), gains.Max());
        string By(double gain) => Difference(gain, task.Metric());
        return low switch
        {
            _ when By(low) == By(high) && (low < 0) == (high < 0) => $"{task.Title()} {By(low)} {Word(low)}",
            >= 0 => $"{task.Title()} {By(low)} to {By(high)} better",
            _ when high <= 0 => $"{task.Title()} {By(high)} to {By(low)} worse",
            _ => $"{task.Title()} from {By(low)} worse to {By(high)} better",
        };
    }
}
