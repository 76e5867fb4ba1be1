using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Grains.Shell;

namespace Ptune.Grains.Jobs;

/// <summary>
/// The life of a job as pure functions: (state, command, now) to (state with the effects it owes, answer). Nothing here waits, reads a
/// clock or calls anyone, so that every order of events can be tried. What a caller may expect to be refused is an answer, not an exception.
/// </summary>
internal static partial class JobMachine
{
    /// <summary>A job as others may see it.</summary>
    public static JobView View(JobState state) => new()
    {
        JobId = state.JobId,
        Kind = KindOf(state.Spec),
        Name = state.Name,
        Status = state.Status,
        Version = state.Version,
        Epoch = state.Epoch,
        Spec = state.Spec,
        Pool = state.Spec.Scheduling.Pool,
        Priority = state.Priority,
        Askers = [.. state.Askers.Select(a => a.Name)],
        Worker = state.Status.IsHeld ? state.Worker : null,
        Progress = state.Progress,
        Checkpoint = state.Checkpoint,
        Result = state.Result,
        Cause = state.Cause,
        Message = state.Message,
        Failures = state.Failures,
        Created = state.Created,
        Started = state.Started,
        Ended = state.Ended,
        Timeline = state.Timeline,
        NotBefore = state.NotBefore,
        ExcludedWorkers = state.ExcludedWorkers,
        TimelineDropped = state.TimelineDropped,
        BatchParts = Math.Max(1, state.BatchParts),
        StartStep = state.StartStep,
        Failure = state.Failure,
        Undelivered = IsUnheard(state) ? state.GrantedTo : null,
        EstimatedMemoryBytes = state.EstimatedMemory,
        Submitters = state.Submitters,
    };

    /// <summary>The word that stands under <c>kind</c> in a spec.</summary>
    public static string KindOf(JobSpec spec)
    {
        var name = spec.GetType().Name;
        return name.EndsWith("Spec", StringComparison.Ordinal) ? name[..^4] : name;
    }

    /// <summary>One transition, with everything that follows from it: the timeline, the lease, and who is to be told.</summary>
    private static JobState Move(JobState state, JobStatus status, string why, JobRules rules, DateTimeOffset now)
    {
        var outbox = status == JobStatus.Succeeded ? state.Names.Aggregate(state.Outbox, (box, name) => box.With(JobEffects.Alias, name.Alias)) : state.Outbox;
        if (!status.IsHeld) outbox = HeldTime.Owe(outbox, state, now);
        outbox = outbox.With(JobEffects.Row);
        if (status is JobStatus.Queued or JobStatus.Suspended || status.IsFinal) outbox = outbox.With(JobEffects.Pool);
        if (status.IsFinal) outbox = state.Askers.Aggregate(outbox, (box, asker) => box.With(JobEffects.Asker, asker.Name));
        var isStopping = status is JobStatus.Cancelling or JobStatus.Suspending;
        return Remember(state, new JobEvent(now, status, state.Epoch, why, IsDueToCause(status) ? state.Cause : null), rules) with
        {
            Status = status,
            Version = state.Version + 1,
            Updated = now,
            Ended = status.IsFinal ? now : null,
            NotBefore = status == JobStatus.Queued ? state.NotBefore : null,
            LeaseExpires = status.IsHeld ? state.LeaseExpires : null,
            LeaseStored = status.IsHeld ? state.LeaseStored : null,
            LeaseBegan = status.IsHeld ? state.LeaseBegan : null,
            ActiveSince = status == JobStatus.Suspended ? null : state.ActiveSince,
            StopAsked = isStopping ? state.StopAsked ?? now : null,
            Outbox = outbox,
        };
    }

    private static bool IsDueToCause(JobStatus status) =>
        status is JobStatus.Queued or JobStatus.Cancelling or JobStatus.Suspending or JobStatus.Suspended or JobStatus.Failed or JobStatus.Cancelled;

    /// <summary>How a job began tells as much as how it ended: of a long timeline the first quarter stays, and the newest.</summary>
    private static JobState Remember(JobState state, JobEvent news, JobRules rules)
    {
        JobEvent[] all = [.. state.Timeline, news];
        if (all.Length <= rules.TimelineLength) return state with { Timeline = all };
        var first = rules.TimelineLength / 4;
        return state with
        {
            Timeline = [.. all[..first], .. all[^(rules.TimelineLength - first)..]],
            TimelineDropped = state.TimelineDropped + all.Length - rules.TimelineLength,
        };
    }

    private static Decision<JobState, JobView> Seen(JobState state) => new(state, View(state));
}
