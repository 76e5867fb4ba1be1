using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Studies;

namespace Ptune.Grains.Studies;

/// <summary>What jobs say that they cost.</summary>
internal static class Costs
{
    /// <param name="trainings">The trainings of each seed.</param>
    public static RowCost OfTraining(IEnumerable<JobResult> trainings)
    {
        var all = trainings.ToArray();
        var peaks = all.Where(job => job.Measurements.ContainsKey(MetricNames.PeakMemory)).Select(job => job.Measurements[MetricNames.PeakMemory]).ToArray();
        return new RowCost
        {
            TrainingSeconds = all.Average(job => job.Seconds),
            // Of several seeds the one that needed most: less would not have been enough.
            PeakMemoryBytes = peaks.Length == all.Length ? peaks.Max() : null,
            ArtifactBytes = all.Average(job => job.ArtifactBytes),
        };
    }

    /// <summary>With what the use of it costs, as it was measured: by a job of its own, or, in studies of earlier versions, by the evaluations.</summary>
    /// <param name="cost">Of the training.</param>
    /// <param name="evaluations">What measured it.</param>
    public static RowCost WithUse(RowCost cost, IEnumerable<JobResult> evaluations)
    {
        var all = evaluations.ToArray();
        return cost with { InferenceRatio = Mean(all, MetricNames.CostInference), SecondsToDeploy = Mean(all, MetricNames.DeploySeconds) };
    }

    private static double? Mean(JobResult[] results, string measurement) =>
        results.Length > 0 && results.All(job => job.Measurements.ContainsKey(measurement)) ? results.Average(job => job.Measurements[measurement]) : null;
}
