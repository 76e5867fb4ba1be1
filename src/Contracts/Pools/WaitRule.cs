namespace Ptune.Contracts.Pools;

/// <summary>The rule that holds a queued job.</summary>
public enum WaitRule
{
    /// <summary>Nothing holds it: the next fitting worker that asks gets it.</summary>
    Next = 0,

    /// <summary>The pool has no worker.</summary>
    NoWorker = 1,

    /// <summary>No worker of the pool has what it needs.</summary>
    Needs = 2,

    /// <summary>Every worker that has what it needs is excluded for this job.</summary>
    Excluded = 3,

    /// <summary>All workers that have what it needs were told to drain.</summary>
    Drained = 4,

    /// <summary>Its last attempt failed, and its back-off has not ended.</summary>
    BackOff = 5,

    /// <summary>Its tenant runs as many jobs as its quota allows.</summary>
    Quota = 6,

    /// <summary>A worker is being freed for it.</summary>
    Reserved = 7,

    /// <summary>Jobs of a higher priority go first.</summary>
    Priority = 8,

    /// <summary>Jobs of its priority that came earlier, or of tenants that have had less than their share, go first.</summary>
    Turn = 9,

    /// <summary>It is first in line, and every worker that has what it needs is busy.</summary>
    Busy = 10,
}
