using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;

namespace Ptune.Grains.Studies;

/// <summary>From the cells' figures of a language study to its rows: each method on each target by each task, with what it cost.</summary>
internal static class LanguageComparison
{
    /// <param name="studyId">The study.</param>
    /// <param name="study">Its spec.</param>
    /// <param name="plan">Where its figures are found.</param>
    /// <param name="results">Cell key to what its job made.</param>
    /// <returns>The comparison, with the counts and the time still to be filled in.</returns>
    /// <exception cref="InvalidDataException">A cell or one of its figures is missing; the message names it.</exception>
    public static StudyResult Compare(string studyId, LanguageStudySpec study, LanguageStudyPlan plan, IReadOnlyDictionary<string, JobResult> results) => Compare(studyId, study, plan.Arms, results) with
    {
        Fronts = StudyFronts.Points(study, plan.Fronts, results),
        Risks = StudyFronts.Risks(plan.Arms, results),
    };

    private static StudyResult Compare(string studyId, LanguageStudySpec study, IReadOnlyList<StudyArm> arms, IReadOnlyDictionary<string, JobResult> results)
    {
        StudyRow[] cells = [.. arms.SelectMany(arm => study.Tasks.SelectMany((task, i) => task.Metrics().Select(metric => Row(arm, task, metric, i, results))))];
        return new()
        {
            Study = study.Name,
            StudyId = studyId,
            Seeds = study.Seeds,
            // Each data set has splits of its own: what pins them is in the data sets' digests and the seed of the spec.
            Splits = [],
            Targets = [],
            Jobs = new JobCounts(0, 0),
            Seconds = 0,
            Cells = cells,
            Drift = StudyDrifts.Of(study, cells),
            Refused = StudyRefusals.Of(study) is { Length: > 0 } refused ? refused : null,
            Generations = study.Generations is null ? null : [.. arms.Where(arm => arm.Generation is not null).Select(arm => Text(arm, results))],
        };
    }

    private static StudyRow Row(StudyArm arm, StudyTask task, string metric, int number, IReadOnlyDictionary<string, JobResult> results)
    {
        var cells = arm.Evaluations[number];
        double[] values = [.. cells.Select(key => Metric(results, key, metric))];
        var figure = Accuracy.Of(values);
        return new StudyRow
        {
            Source = arm.Pair.Source,
            Artifact = arm.Tunings is { } learnt ? Find(results, learnt[0]).Artifact : null,
            Target = arm.Pair.Target,
            Method = arm.Method.Title(),
            Task = task.Title(),
            Metric = metric,
            Mean = figure.Mean,
            Sd = values.Length > 1 ? figure.Sd : null,
            N = Find(results, cells[0]).Metrics.TryGetValue(MetricNames.Count, out var count) ? (long)count : null,
            Values = values,
            Cost = Cost(arm, results, cells),
            Paired = arm.Paired[number] is { } place && results.TryGetValue(place.Cell, out var compared) ? [.. cells.Select((_, seed) => Paired(compared, place, seed, metric))] : null,
        };
    }

    private static RowCost? Cost(StudyArm arm, IReadOnlyDictionary<string, JobResult> results, IReadOnlyList<string> cells)
    {
        var cost = arm.Tunings is null ? null : Costs.WithUse(Costs.OfTraining(arm.Tunings.Select(key => Find(results, key))), (arm.Timing is { } timing ? [timing] : cells).Select(key => Find(results, key)));
        // A merged model has to be written first.
        return arm.Mergings is null ? cost : (cost ?? new()) with { SecondsToDeploy = (cost?.SecondsToDeploy ?? 0) + arm.Mergings.Average(key => Find(results, key).Seconds) };
    }

    private static StudyPaired Paired(JobResult compared, PairedPlace place, int seed, string metric)
    {
        double? Found(string figure) => compared.Metrics.TryGetValue(MetricNames.Paired(place.Group, place.First + seed, $"{metric}.{figure}"), out var value) ? value : null;
        return new StudyPaired
        {
            Difference = Found(MetricNames.PairedDifference) ?? throw new InvalidDataException($"Cell {place.Cell} has no paired difference of {metric}."),
            Low = Found(MetricNames.PairedLow),
            High = Found(MetricNames.PairedHigh),
            Gained = (long?)Found(MetricNames.PairedGained),
            NegativeFlips = (long?)Found(MetricNames.PairedLost),
            P = Found(MetricNames.PairedP),
        };
    }

    private static StudyText Text(StudyArm arm, IReadOnlyDictionary<string, JobResult> results) => new()
    {
        Source = arm.Pair.Source,
        Target = arm.Pair.Target,
        Method = arm.Method.Title(),
        Artifact = Find(results, arm.Generation!).Artifact,
    };

    private static JobResult Find(IReadOnlyDictionary<string, JobResult> results, string key) =>
        results.TryGetValue(key, out var result) ? result : throw new InvalidDataException($"Cell {key} has no result.");

    private static double Metric(IReadOnlyDictionary<string, JobResult> results, string key, string metric) =>
        Find(results, key).Metrics.TryGetValue(metric, out var value) ? value : throw new InvalidDataException($"Cell {key} has no metric '{metric}'.");
}
