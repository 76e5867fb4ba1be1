using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;

namespace Ptune.Grains.Studies;

/// <summary>The figures of a study of image classifiers as rows.</summary>
internal static class ImageRows
{
    public static StudyRow[] Of(TransferStudySpec study, IReadOnlyDictionary<string, JobResult> results)
    {
        var figures = new Figures(study.Seeds, results);
        var rows = new List<StudyRow>();
        foreach (var model in study.Targets.Prepend(study.Source).Distinct())
        {
            var (rewards, tunings) = (Jobs(study, results, StudyKeys.Reward), Jobs(study, results, seed => StudyKeys.Tuned(model, seed)));
            var tunedSource = Jobs(study, results, seed => StudyKeys.Tuned(study.Source, seed));
            var cost = figures.Cost(model);
            rows.Add(Row(model, "bare", MetricNames.AccuracyBare, []));
            rows.Add(Row(model, "rewardAlone", MetricNames.AccuracyRewardAlone, rewards, study.Source));
            if (model != study.Source) rows.Add(Row(model, "eft", MetricNames.AccuracyEft, tunedSource, study.Source, cost?.Eft));
            rows.Add(Row(model, "ported", MetricNames.AccuracyPorted, rewards, study.Source, cost?.Ported));
            rows.Add(Row(model, "retrained", MetricNames.AccuracyRetrained, tunings));
        }
        return [.. rows];

        StudyRow Row(string model, string method, string metric, JobResult[] trainings, string? source = null, double? ratio = null)
        {
            var values = figures.Each(model, metric);
            var accuracy = Accuracy.Of(values);
            var cost = trainings.Length == 0 ? null : Costs.OfTraining(trainings);
            return new StudyRow
            {
                Source = source,
                Artifact = trainings.FirstOrDefault()?.Artifact,
                Target = model,
                Method = method,
                Task = study.EvaluateOn.ToString().ToLowerInvariant(),
                Metric = MetricNames.Accuracy,
                Mean = accuracy.Mean,
                Sd = values.Length > 1 ? accuracy.Sd : null,
                N = figures.Count(model),
                Values = values,
                Cost = ratio is null ? cost : (cost ?? new()) with { InferenceRatio = ratio },
            };
        }
    }

    /// <summary>The results of one cell of each seed; none where one is missing.</summary>
    private static JobResult[] Jobs(TransferStudySpec study, IReadOnlyDictionary<string, JobResult> results, Func<long, string> key)
    {
        JobResult[] found = [.. study.Seeds.Select(seed => results.GetValueOrDefault(key(seed))).OfType<JobResult>()];
        return found.Length == study.Seeds.Length ? found : [];
    }
}
