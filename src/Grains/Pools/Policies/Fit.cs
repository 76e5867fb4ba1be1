using Ptune.Contracts.Pools;
using Ptune.Contracts.Workers;

namespace Ptune.Grains.Pools.Policies;

/// <summary>Hard constraints: what a worker may not be given, however long the queue is.</summary>
internal static class Fit
{
    /// <summary>The rule that keeps this job from this worker, in words; null when there is none.</summary>
    public static string? Obstacle(QueuedJob job, Candidate worker) =>
        worker.Order == WorkerOrder.Drain ? $"{worker.Request.WorkerId} is leaving and takes no more work" : null;
}
