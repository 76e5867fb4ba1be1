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
}
