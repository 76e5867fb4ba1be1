namespace Ptune.Contracts.Jobs;

/// <summary>Why an attempt or a job failed; it decides whether another attempt makes sense. The numbers are stored.</summary>
public enum FailureCause
{
    /// <summary>The worker, its machine or the network: tried again.</summary>
    Infrastructure = 0,

    /// <summary>The executor process died by itself: tried again, within the job's attempts.</summary>
    Crash = 1,

    /// <summary>Memory ran out: tried again, within the job's attempts.</summary>
    OutOfMemory = 2,

    /// <summary>The spec, data or an input is wrong: never tried again.</summary>
    Invalid = 3,

    /// <summary>An input's job failed: never tried again.</summary>
    Dependency = 4,

    /// <summary>More urgent work needed its place: it goes on, as often as need be.</summary>
    Preempted = 5,

    /// <summary>A person asked for it.</summary>
    User = 6,

    /// <summary>It has killed one executor after the other: no further one is given to it.</summary>
    Poison = 7,

    /// <summary>It made no progress for too long, or its time was used up.</summary>
    Timeout = 8,
}
