using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;

namespace Ptune.Grains.Studies;

/// <summary>The weights that a language study tried, and how safe its ports are.</summary>
internal static class StudyFronts
{
    /// <summary>Null where no weights were tried.</summary>
    public static StudyFrontPoint[]? Points(LanguageStudySpec study, IReadOnlyList<StudyFrontArm> fronts, IReadOnlyDictionary<string, JobResult> results) =>
        fronts.Count == 0 ? null : [.. fronts.SelectMany(front => study.Tasks.Select((task, i) => Point(front, task, front.Evaluations[i], results)))];

    /// <summary>Null without a probe.</summary>
    public static StudyRisk[]? Risks(IReadOnlyList<StudyArm> arms, IReadOnlyDictionary<string, JobResult> results)
    {
        StudyRisk[] risks = [.. from arm in arms where arm.Risk is not null select Risk(arm, results)];
        return risks.Length == 0 ? null : risks;
    }

    private static StudyFrontPoint Point(StudyFrontArm front, StudyTask task, string[] cells, IReadOnlyDictionary<string, JobResult> results)
    {
        double[] values = [.. cells.Select(key => Metric(results, key, task.Metric()))];
        var figure = Accuracy.Of(values);
        return new StudyFrontPoint
        {
            Source = front.Pair.Source,
            Target = front.Pair.Target,
            Method = front.Method?.Title() ?? "bare",
            Weight = front.Weight,
            Task = task.Title(),
            Metric = task.Metric(),
            Mean = figure.Mean,
            Sd = values.Length > 1 ? figure.Sd : null,
            Values = values,
            KlMoved = front.Method is null ? 0 : front.Risk is { } risk ? Metric(results, risk, MetricNames.KlMoved) : null,
        };
    }

    private static StudyRisk Risk(StudyArm arm, IReadOnlyDictionary<string, JobResult> results) => new()
    {
        Source = arm.Pair.Source!,
        Target = arm.Pair.Target,
        Method = arm.Method.Title(),
        KlFromSource = Metric(results, arm.Risk!, MetricNames.KlFromSource),
        C = Metric(results, arm.Risk!, MetricNames.CMean),
        CMax = Metric(results, arm.Risk!, MetricNames.CMax),
        KlMoved = Metric(results, arm.Risk!, MetricNames.KlMoved),
        Positions = (long)Metric(results, arm.Risk!, MetricNames.RiskPositions),
        Overlap = results[arm.Risk!].Measurements.TryGetValue(MetricNames.Overlap, out var overlap) ? (long)overlap : null,
    };

    private static double Metric(IReadOnlyDictionary<string, JobResult> results, string key, string metric) =>
        !results.TryGetValue(key, out var result) ? throw new InvalidDataException($"Cell {key} has no result.")
        : result.Metrics.TryGetValue(metric, out var value) ? value : throw new InvalidDataException($"Cell {key} has no metric '{metric}'.");
}
