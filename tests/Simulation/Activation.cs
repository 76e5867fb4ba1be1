using Ptune.Grains.Jobs;

namespace Ptune.Simulation.Tests;

/// <summary>One activation of a job's grain: what it has in memory of the store.</summary>
internal sealed class Activation(JobState? state, long etag)
{
    public JobState? State { get; set; } = state;

    /// <summary>What the store held when this activation last read or wrote; what it tells others.</summary>
    public JobState? Stored { get; set; } = state;

    public long ETag { get; set; } = etag;

    /// <summary>A write failed: the store is read before the next command.</summary>
    public bool IsInDoubt { get; set; }

    public HashSet<long> Done { get; } = [];
}
