using Orleans.Concurrency;
using Ptune.Contracts.Audit;

namespace Ptune.Contracts.Jobs;

/// <summary>
/// One job; the key is its id (<see cref="Identity.JobIds"/>), so equal work is one grain. It is the only one that decides whose
/// results count: every write of a worker names its epoch, and only the current one is taken. A change for which <c>by</c> says who asks is written into the audit trail before the answer.
/// </summary>
[Alias("ptune.IJobGrain")]
public interface IJobGrain : IGrainWithStringKey
{
    /// <summary>
    /// Asks for the job. Idempotent: known work is joined, finished work answers at once, failed or cancelled work starts anew. Answers only
    /// when the job's catalog row is written.
    /// </summary>
    [Alias("Submit")]
    Task<JobView> Submit(JobSubmission submission);

    /// <summary>Null when nobody has ever asked for it.</summary>
    [Alias("Get"), AlwaysInterleave]
    Task<JobView?> Get();

    /// <summary>Answers when something has changed since <paramref name="version"/>, or after a few seconds with the present state.</summary>
    [Alias("Watch"), AlwaysInterleave]
    Task<JobView?> Watch(long version);

    /// <summary>The losses that were reported so far, at most some hundred, in the order of their steps: of a running job, for people who watch it. Empty where nothing was reported, and after a silo's restart.</summary>
    [Alias("Losses"), AlwaysInterleave]
    Task<LossPoint[]> Losses();

    /// <summary>Withdraws an asker; without any left, the job is cancelled. Null: all of them. Answers with the state reached.</summary>
    [Alias("Cancel")]
    Task<JobView?> Cancel(string? asker, AuditStamp? by = null);

    /// <summary>
    /// Holds the job back until it is resumed: a waiting one at once, a running one after its checkpoint. Whoever else asked for it waits, too.
    /// Answers with the state reached; null for an unknown job.
    /// </summary>
    [Alias("Suspend")]
    Task<JobView?> Suspend(string why, AuditStamp? by = null);

    /// <summary>Lets a suspended job go on from its last checkpoint. Answers with the state reached; null for an unknown job.</summary>
    [Alias("Resume")]
    Task<JobView?> Resume(AuditStamp? by = null);

    /// <summary>Starts a failed or cancelled job anew, for those who asked for it last. Answers with the state reached; null for an unknown job.</summary>
    [Alias("Retry")]
    Task<JobView?> Retry(AuditStamp? by = null);

    /// <summary>
    /// More urgent work needs its place: the worker is asked for a checkpoint, and the job goes back into the queue, which does not count as a failure.
    /// Answers with the state reached; null for an unknown job.
    /// </summary>
    [Alias("Preempt")]
    Task<JobView?> Preempt(string why);

    /// <summary>The pool gives the job to a worker: a new epoch.</summary>
    [Alias("Lease")]
    Task<LeaseResult> Lease(LeaseRequest request);

    /// <summary>Renews the lease; carries progress and, when one was stored, a checkpoint.</summary>
    [Alias("Heartbeat")]
    Task<HeartbeatReply> Heartbeat(Heartbeat heartbeat);

    /// <summary>The attempt is done. Idempotent for the same epoch and artifact.</summary>
    [Alias("Complete")]
    Task<AttemptReply> Complete(AttemptCompletion completion);

    /// <summary>The attempt failed.</summary>
    [Alias("Fail")]
    Task<AttemptReply> Fail(AttemptFailure failure);

    /// <summary>The worker gives the lease back: it leaves, or was told to cancel. The job goes on elsewhere from the checkpoint.</summary>
    [Alias("Release")]
    Task<AttemptReply> Release(AttemptRelease release);

    /// <summary>
    /// The artifact of a finished job is being removed from the store: the job has no result any more, and counts as cancelled until somebody submits it again. Answers with
    /// the state reached; null for an unknown job. A job with another result, or none, stays as it is.
    /// </summary>
    [Alias("Discard")]
    Task<JobView?> Discard(string artifact);

    /// <summary>Checks the lease, whose expiry puts the job back into the queue, and finishes effects that a crash cut short.</summary>
    [Alias("Sweep")]
    Task<JobView?> Sweep();
}
