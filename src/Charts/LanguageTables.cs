using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;

namespace Ptune.Charts;

/// <summary>The result of a study of language models on words: models and methods as rows, tasks as columns.</summary>
public static class LanguageTables
{
    public const string NotMeasured = "-";

    /// <summary>What is compared on what.</summary>
    public static string Title(StudyResult result, LanguageStudySpec spec)
    {
        var seeds = result.Seeds.Length == 1 ? "one seed" : $"mean ± sd over {result.Seeds.Length} seeds";
        var tuned = spec.Tuning.Count is { } count ? $"{Words.Count(count, "record")} of {spec.Tuning.Data}" : spec.Tuning.Data;
        return $"{string.Join(", ", spec.Tasks.Select(Unit).Distinct())}; tuned on {tuned}, {seeds}";
    }

    public static string Jobs(StudyResult result) => $"{Words.Count(result.Jobs.Computed, "job")} computed, {result.Jobs.Reused} reused, {Words.Seconds(result.Seconds)}.";

    /// <summary>The rows of one method on one model, by task.</summary>
    public static IEnumerable<StudyRow[]> Groups(StudyResult result) =>
        (result.Cells ?? []).GroupBy(row => (row.Target, row.Method, row.Source)).OrderBy(group => group.Key.Target, Order(result)).Select(group => group.ToArray());

    /// <summary>The method, and the model that it was learnt on where that is another one.</summary>
    public static string MethodOf(StudyRow row) => MethodOf(row.Method, row.Source, row.Target);

    /// <inheritdoc cref="MethodOf(StudyRow)"/>
    public static string MethodOf(string method, string? source, string target) => source is null || source == target ? method : $"{method} from {source}";

    /// <summary>The mean, with the spread where there are several seeds.</summary>
    public static string Show(StudyRow row) => Show(row.Mean, row.Sd, row.Metric);

    /// <inheritdoc cref="Show(StudyRow)"/>
    public static string Show(double mean, double? spread, string metric) => spread is { } sd ? $"{Value(mean, metric)} ± {Value(sd, metric)}" : Value(mean, metric);

    public static string Training(StudyRow row) => row.Cost?.TrainingSeconds is { } seconds ? Words.Seconds(seconds) : NotMeasured;

    public static string Size(StudyRow row) => row.Cost?.ArtifactBytes is { } bytes ? Words.Bytes((long)bytes) : NotMeasured;

    /// <summary>What each method changes against the bare model, in words: also where it makes something worse.</summary>
    public static IEnumerable<string> Changes(StudyResult result, LanguageStudySpec spec)
    {
        foreach (var rows in Groups(result))
        {
            var changes = rows.DistinctBy(row => row.Task).Select(row => (Row: row, Bare: BareOf(result, spec, row), Task: spec.Tasks.First(task => task.Title() == row.Task)))
                .Where(c => c.Bare is not null && !ReferenceEquals(c.Bare, c.Row))
                .Select(c => Change(c.Task, c.Row.Mean - c.Bare!.Mean)).ToArray();
            if (changes.Length > 0) yield return $"{rows[0].Target} {MethodOf(rows[0])} against bare: {string.Join(", ", changes)}.";
        }
    }

    /// <summary>What does not fit, in words.</summary>
    public static IEnumerable<string> Refusals(StudyResult result) =>
        (result.Refused ?? []).Select(refused => $"Refused: {MethodOf(refused.Method, refused.Source, refused.Target)} on {refused.Target}. {refused.Reason}");

    /// <summary>The bare model's row of the same task; null where it was not measured.</summary>
    public static StudyRow? BareOf(StudyResult result, LanguageStudySpec spec, StudyRow row) =>
        (result.Cells ?? []).FirstOrDefault(other => other.Target == row.Target && other.Task == row.Task && other.Metric == row.Metric && spec.Methods.OfType<BareStudyMethod>().Any(bare => bare.Title() == other.Method));

    private static string Change(StudyTask task, double difference)
    {
        var better = task.IsLessBetter() ? difference < 0 : difference > 0;
        var by = Difference(difference, task.Metric());
        return $"{task.Title()} {by} {Word(better ? 1 : difference == 0 ? 0 : -1)}";
    }

    /// <summary>What a gain is called; one of 0 is none.</summary>
    internal static string Word(double gain) => gain switch { 0 => "different", > 0 => "better", _ => "worse" };

    private static string Unit(StudyTask task) => task.Metric() == MetricNames.BitsPerByte ? "bits per byte (lower is better)" : $"{task.Metric()} in %";

    /// <summary>How far two figures are apart: accuracies in points.</summary>
    internal static string Difference(double difference, string metric) => metric == MetricNames.BitsPerByte ? Value(Math.Abs(difference), metric) : $"{Value(Math.Abs(difference), metric)} points";

    private static string Value(double value, string metric) => metric == MetricNames.BitsPerByte ? Words.Number(value, "0.000") : Words.Percent(value);

    /// <summary>Models as the result has them.</summary>
    public static Comparer<string> Order(StudyResult result)
    {
        var order = (result.Cells ?? []).Select(row => row.Target).Distinct().Select((target, i) => (target, i)).ToDictionary(x => x.target, x => x.i);
        return Comparer<string>.Create((a, b) => order[a].CompareTo(order[b]));
    }
}
