namespace Ptune.Grains.Pools.Holds;

/// <summary>Why a worker is kept for a job.</summary>
internal enum HoldReason
{
    /// <summary>The job is in back-off, and nothing of a lower priority is to overtake it meanwhile.</summary>
    BackOff,

    /// <summary>The job waits for memory that smaller jobs have taken too often.</summary>
    Backfill,

    /// <summary>A running job was asked to make room for it.</summary>
    Preemption,
}
