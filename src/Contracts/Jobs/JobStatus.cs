namespace Ptune.Contracts.Jobs;

/// <summary>A job's status. The numbers are stored: append, never renumber.</summary>
public enum JobStatus
{
    /// <summary>Known, not yet in its pool's queue.</summary>
    Submitted = 0,

    /// <summary>Waiting for a worker.</summary>
    Queued = 1,

    /// <summary>A worker has the right to run it, and has not reported progress yet.</summary>
    Leased = 2,

    /// <summary>A worker runs it.</summary>
    Running = 3,

    /// <summary>The last asker has gone; the worker is asked to write a checkpoint and stop.</summary>
    Cancelling = 4,

    /// <summary>Done; it has a result.</summary>
    Succeeded = 5,

    /// <summary>It cannot be done, or its attempts are used up. A new submit starts it again.</summary>
    Failed = 6,

    /// <summary>Stopped by its askers. A new submit goes on from its last checkpoint.</summary>
    Cancelled = 7,

    /// <summary>The worker is asked to write a checkpoint and stop; the job is to go on later. Its cause says for whom: User or Preempted.</summary>
    Suspending = 8,

    /// <summary>Held back until somebody resumes it from its last checkpoint. It is not in a queue.</summary>
    Suspended = 9,
}
