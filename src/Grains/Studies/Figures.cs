using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Studies;

namespace Ptune.Grains.Studies;

/// <summary>The figures of a study's cells by model and seed; a missing one is an error that names it.</summary>
internal sealed class Figures(long[] seeds, IReadOnlyDictionary<string, JobResult> results)
{
    public Accuracy Accuracy(string model, string metric) => Contracts.Studies.Accuracy.Of(Each(model, metric));

    /// <summary>One value for each seed, in the seeds' order.</summary>
    public double[] Each(string model, string metric) => [.. seeds.Select(seed => Metric(StudyKeys.Evaluation(model, seed), metric))];

    /// <summary>Examples that the accuracies are over.</summary>
    public long Count(string model) => (long)Each(model, MetricNames.Count)[0];

    public McNemar[] McNemar(string model, string gained, string lost, string p) =>
        [.. seeds.Select(seed => StudyKeys.Evaluation(model, seed)).Select(key => new McNemar((long)Metric(key, gained), (long)Metric(key, lost), Metric(key, p)))];

    /// <summary>Null when it was not measured.</summary>
    public InferenceCost? Cost(string model) =>
        results.TryGetValue(StudyKeys.Cost(model), out var result)
        && result.Measurements.TryGetValue(MetricNames.CostPorted, out var ported)
        && result.Measurements.TryGetValue(MetricNames.CostEft, out var eft)
            ? new InferenceCost(ported, eft)
            : null;

    private double Metric(string key, string metric)
    {
        if (!results.TryGetValue(key, out var result)) throw new InvalidDataException($"Cell {key} has no result.");
        return result.Metrics.TryGetValue(metric, out var value) ? value : throw new InvalidDataException($"Cell {key} has no metric '{metric}'.");
    }
}
