using Ptune.Contracts.Pools;

namespace Ptune.Grains.Pools.Policies;

/// <summary>A soft preference: a worker that holds a job's models need not load them.</summary>
internal static class WarmModels
{
    /// <summary>How many of the job's models the worker holds.</summary>
    public static int Score(QueuedJob job, AcquireRequest worker) => job.Models.Count(worker.WarmModels.Contains);
}
