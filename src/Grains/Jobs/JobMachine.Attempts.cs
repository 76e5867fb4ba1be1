using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Grains.Shell;

namespace Ptune.Grains.Jobs;

/// <summary>Requests of workers. Only the attempt that holds the lease, by worker and epoch, has any effect.</summary>
internal static partial class JobMachine
{
    /// <summary>Leases the job to a worker with a new epoch; or delivers again the lease that was granted to an earlier request of the same slot and whose answer was lost.</summary>
    public static Decision<JobState, LeaseResult> Lease(JobState? state, LeaseRequest request, JobRules rules, DateTimeOffset now)
    {
        if (state is null) return new(null, LeaseResult.Refused("it was never submitted"));
        if (IsLost(state, request)) return GrantAgain(state, request, rules, now);
        if (IsPast(state, request)) return new(state, LeaseResult.Refused($"{request.WorkerId} has sent a later request"));
        if (state.Status != JobStatus.Queued) return new(state, LeaseResult.Refused($"it is {state.Status}, not queued"));
        if (IsOverdue(state, now)) return new(OutOfTime(state, rules, now), LeaseResult.Refused("its deadline has passed"));
        if (state.NotBefore > now) return new(state, LeaseResult.Refused($"it is in back-off until {state.NotBefore:O}"));
        if (state.ExcludedWorkers.Contains(request.WorkerId)) return new(state, LeaseResult.Refused($"{request.WorkerId} is excluded after a failure there"));

        var next = state with
        {
            Epoch = state.Epoch + 1,
            Worker = request.WorkerId,
            Permit = request.Permit,
            GrantedTo = request.Slot,
            LeaseExpires = now + rules.LeaseDuration,
            LeaseStored = now,
            LeaseBegan = now,
            Started = state.Started ?? now,
            ActiveSince = state.ActiveSince ?? now,
            Progress = null,
            StartStep = state.Checkpoint?.Step ?? 0,
            Cause = null,
            Message = null,
        };
        next = Move(next, JobStatus.Leased, $"leased to {request.WorkerId}", rules, now);
        return new(next, LeaseResult.Granted(LeaseOf(next, rules)));
    }

    /// <summary>Renews the lease. Progress alone is not worth a write; a renewal is once a third of the lease has passed since the last one.</summary>
    public static Decision<JobState, HeartbeatReply> Heartbeat(JobState? state, Heartbeat heartbeat, JobRules rules, DateTimeOffset now)
    {
        if (!Holds(state, heartbeat.WorkerId, heartbeat.Epoch)) return new(state, HeartbeatReply.Fenced);

        var noted = heartbeat.Note is { } note && state!.Timeline[^1].Why != note
            ? Remember(state, new JobEvent(now, state.Status, state.Epoch, note), rules)
            : state!;
        var next = TakeCheckpoint(noted, heartbeat.Checkpoint) with
        {
            LeaseExpires = now + rules.LeaseDuration,
            Progress = heartbeat.Progress ?? state!.Progress,
        };
        var mustWrite = !ReferenceEquals(next.Checkpoint, state!.Checkpoint) || !ReferenceEquals(noted, state) || now - state.LeaseStored >= rules.LeaseDuration / 3;
        if (mustWrite) next = next with { LeaseStored = now };

        if (next.Status == JobStatus.Leased && heartbeat.Progress is not null)
            return new(Move(next with { LeaseStored = now }, JobStatus.Running, "started", rules, now), HeartbeatReply.Continue);

        next = next with { Version = next.Version + 1, Updated = now };
        return new(next, ReplyAt(next.Status), IsVolatile: !mustWrite);
    }

    /// <summary>The attempt has a result. It counts even if a cancellation arrived while its last part was being written.</summary>
    public static Decision<JobState, AttemptReply> Complete(JobState? state, AttemptCompletion completion, JobRules rules, DateTimeOffset now)
    {
        if (!InputRef.IsDigest(completion.Result.Artifact))
            throw new ArgumentException($"'{completion.Result.Artifact}' is not an artifact digest.", nameof(completion));
        if (IsRepeated(state, completion)) return new(state, AttemptReply.Accepted);
        if (!Holds(state, completion.WorkerId, completion.Epoch)) return new(state, AttemptReply.Fenced);

        var next = state! with { Result = completion.Result, Cause = null, Message = null, Failure = null };
        return new(Move(next, JobStatus.Succeeded, $"completed by {completion.WorkerId}", rules, now), AttemptReply.Accepted);
    }

    /// <summary>The attempt failed: another one follows, unless the cause or the number of failures rules it out.</summary>
    public static Decision<JobState, AttemptReply> Fail(JobState? state, AttemptFailure failure, JobRules rules, DateTimeOffset now) =>
        Holds(state, failure.WorkerId, failure.Epoch)
            ? new(Tell(Failed(state!, failure.Cause, failure.Message, failure.Rule?.Action, rules, now), failure.Details), AttemptReply.Accepted)
            : new(state, AttemptReply.Fenced);

    /// <summary>The worker returns the lease. That is not a failure: the job continues elsewhere, or stops if nobody wants it any more.</summary>
    public static Decision<JobState, AttemptReply> Release(JobState? state, AttemptRelease release, JobRules rules, DateTimeOffset now)
    {
        if (!Holds(state, release.WorkerId, release.Epoch)) return new(state, AttemptReply.Fenced);
        if (release.Undelivered is null) return new(GivenBack(TakeCheckpoint(state!, release.Checkpoint), $"returned by {release.WorkerId}: {release.Why}", rules, now), AttemptReply.Accepted);
        return IsUnheard(state!) && state!.GrantedTo?.IsSame(release.Undelivered) == true
            ? new(TakenBack(state, release.Why, rules, now), AttemptReply.Accepted)
            : new(state, AttemptReply.Fenced);
    }

    /// <summary>The attempt is over without a failure.</summary>
    private static JobState GivenBack(JobState state, string why, JobRules rules, DateTimeOffset now) => state.Status switch
    {
        JobStatus.Cancelling => Move(state, JobStatus.Cancelled, why, rules, now),
        JobStatus.Suspending => Suspended(state, why, rules, now),
        _ => Move(state with { Message = why }, JobStatus.Queued, why, rules, now),
    };

    private static HeartbeatReply ReplyAt(JobStatus status) => status switch
    {
        JobStatus.Cancelling => HeartbeatReply.Cancel,
        JobStatus.Suspending => HeartbeatReply.Suspend,
        _ => HeartbeatReply.Continue,
    };

    private static bool Holds(JobState? state, string worker, long epoch) =>
        state is not null && state.Status.IsHeld && state.Worker == worker && state.Epoch == epoch;

    private static bool IsRepeated(JobState? state, AttemptCompletion completion) =>
        state is { Status: JobStatus.Succeeded } && state.Worker == completion.WorkerId && state.Epoch == completion.Epoch
        && state.Result!.Artifact == completion.Result.Artifact;

    /// <summary>A later attempt's checkpoint is newer also when its step is smaller: that attempt could not use the earlier one.</summary>
    private static JobState TakeCheckpoint(JobState state, StoredCheckpoint? checkpoint)
    {
        if (checkpoint is null || checkpoint.Epoch > state.Epoch) return state;
        var isNewer = state.Checkpoint is not { } known || (checkpoint.Epoch, checkpoint.Step).CompareTo((known.Epoch, known.Step)) > 0;
        return isNewer ? state with { Checkpoint = checkpoint } : state;
    }
}
