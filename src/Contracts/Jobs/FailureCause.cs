namespace Ptune.Contracts.Jobs;

/// <summary>Why an attempt or a job failed, which decides whether it is retried. The numbers are stored.</summary>
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

    /// <summary>It was preempted by more urgent work: it goes on, however often that happens.</summary>
    Preempted = 5,

    /// <summary>A person asked for it.</summary>
    User = 6,

    /// <summary>It has killed one executor after another: it gets no further one.</summary>
    Poison = 7,

    /// <summary>It made no progress for too long, or its time was used up.</summary>
    Timeout = 8,
}
