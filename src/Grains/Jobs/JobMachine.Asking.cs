using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Grains.Shell;

namespace Ptune.Grains.Jobs;

/// <summary>Requests of those who want the job.</summary>
internal static partial class JobMachine
{
    /// <summary>How the message of a job begins whose artifact was removed. It is stored.</summary>
    public const string Removed = "its artifact was removed from the store";

    /// <summary>Submits the job: creates it, joins it, or restarts it.</summary>
    /// <exception cref="ArgumentException">A job with this id has a different spec.</exception>
    public static Decision<JobState, JobView> Submit(JobState? state, string jobId, JobSubmission submission, JobInputs inputs, JobRules rules, DateTimeOffset now)
    {
        if (state is not null && CanonicalJson.Of<Spec>(state.Spec) != CanonicalJson.Of<Spec>(submission.Spec))
            throw new ArgumentException($"The submitted spec differs from that of job {jobId}, which has the same id.", nameof(submission));

        var asker = new JobAsker(submission.Asker, submission.Spec.Scheduling.Priority, IsLeaving: false);
        return BySubmitter(submission, now, Named(submission, now, state switch
        {
            null => Seen(Start(First(jobId, submission, now), [asker], inputs, "submitted", rules, now)),
            { Status: JobStatus.Succeeded } => Seen(state),
            { Status: JobStatus.Failed or JobStatus.Cancelled } => Seen(Restart(
                state with { Spec = submission.Spec, Name = submission.Name, Trace = submission.Trace, EstimatedSeconds = submission.EstimatedSeconds ?? state.EstimatedSeconds }, [asker], inputs, "submitted again", rules, now)),
            { Status: JobStatus.Cancelling } => Seen(Rejoin(
                state, Replace([.. state.Askers.Where(a => !a.IsLeaving)], asker), $"{asker.Name} submitted it again before it had stopped", rules, now)),
            _ => Seen(Join(state, asker, now)),
        }));
    }

    /// <summary>The name was not set, because it stands for another artifact and was not to be moved.</summary>
    public static Decision<JobState, JobView?> NameTaken(JobState? state, string alias, string digest, JobRules rules, DateTimeOffset now)
    {
        if (state is null) return new(null, null);
        var why = $"not published as {alias}, which stands for {digest}: move it with 'ptune tag --move'";
        if (state.Timeline.Any(e => e.Why == why)) return new(state, View(state));
        var next = Remember(state, new JobEvent(now, state.Status, state.Epoch, why), rules) with { Version = state.Version + 1, Updated = now };
        return new(next, View(next));
    }

    /// <summary>Keeps who has submitted it: they may handle it.</summary>
    private static Decision<JobState, JobView> BySubmitter(JobSubmission submission, DateTimeOffset now, Decision<JobState, JobView> decision)
    {
        if (submission.Submitter is not { } name || decision.State is not { } state || state.Submitters.Contains(name)) return decision;
        return Seen(state with { Submitters = [.. state.Submitters, name], Version = state.Version + 1, Updated = now });
    }

    /// <summary>Keeps the name that the submission asks for; of a job that is done it is set at once.</summary>
    private static Decision<JobState, JobView> Named(JobSubmission submission, DateTimeOffset now, Decision<JobState, JobView> decision)
    {
        if (submission.Spec.Publish is not { } alias || decision.State is not { } state) return decision;
        var name = new JobName(alias, submission.Move);
        var isDone = state.Status == JobStatus.Succeeded;
        if (!isDone && state.Names.Contains(name)) return decision;
        return Seen(state with
        {
            Names = [.. state.Names.Where(n => n.Alias != alias), name],
            Outbox = isDone ? state.Outbox.With(JobEffects.Alias, alias) : state.Outbox,
            Version = state.Version + 1,
            Updated = now,
        });
    }

    /// <summary>Removes an asker (null: all); removing the last one stops the job.</summary>
    public static Decision<JobState, JobView?> Cancel(JobState? state, string? asker, JobRules rules, DateTimeOffset now)
    {
        if (state is null) return new(null, null);
        if (state.Status.IsFinal || state.Status == JobStatus.Cancelling) return new(state, View(state));
        if (asker is not null && state.Askers.All(a => a.Name != asker)) return new(state, View(state));

        var staying = asker is null ? [] : state.Askers.Where(a => a.Name != asker).ToArray();
        var next = staying.Length > 0 ? Shrink(state, staying, now) : Stop(state, asker, rules, now);
        return new(next, View(next));
    }

    /// <summary>The result's artifact is being removed: a submit computes it again, from the beginning, since nothing says that the last checkpoint is still there.</summary>
    public static Decision<JobState, JobView?> Discard(JobState? state, string artifact, JobRules rules, DateTimeOffset now)
    {
        if (state is null) return new(null, null);
        if (state.Status != JobStatus.Succeeded || state.Result?.Artifact != artifact) return new(state, View(state));

        const string Why = $"{Removed}; submit it again to compute it anew";
        state = state with { Result = null, Checkpoint = null, Cause = FailureCause.User, Message = Why, Askers = [.. state.Askers.Select(a => a with { IsLeaving = true })] };
        var next = Move(state, JobStatus.Cancelled, Why, rules, now);
        return new(next, View(next));
    }

    private static JobState First(string jobId, JobSubmission submission, DateTimeOffset now) => new()
    {
        JobId = jobId,
        Spec = submission.Spec,
        Name = submission.Name,
        Status = JobStatus.Submitted,
        Version = 0,
        Created = now,
        Updated = now,
        Trace = submission.Trace,
        EstimatedSeconds = submission.EstimatedSeconds,
    };

    private static JobState Start(JobState state, JobAsker[] askers, JobInputs inputs, string why, JobRules rules, DateTimeOffset now)
    {
        state = state with
        {
            Askers = askers,
            Cause = null,
            Message = null,
            Failures = 0,
            Failure = null,
            Started = null,
            ActiveSince = null,
            Progress = null,
            Inputs = null,
            InARow = [],
            KeptAtFailure = 0,
            ExcludedWorkers = [],
            BatchParts = 1,
        };
        return TakeInputs(Move(state, JobStatus.Submitted, why, rules, now), inputs, rules, now);
    }

    private static JobState Restart(JobState state, JobAsker[] askers, JobInputs inputs, string how, JobRules rules, DateTimeOffset now)
    {
        // An attempt that accepted invalid input left a checkpoint that must not be resumed from.
        var checkpoint = state.Cause == FailureCause.Invalid ? null : state.Checkpoint;
        var why = checkpoint is null ? how : $"{how}; it continues from step {checkpoint.Step}";
        return Start(state with { Checkpoint = checkpoint }, askers, inputs, why, rules, now);
    }

    private static JobState Rejoin(JobState state, JobAsker[] askers, string why, JobRules rules, DateTimeOffset now) =>
        Move(state with { Askers = askers, Cause = null, Message = null }, Going(state), why, rules, now);

    private static JobState Join(JobState state, JobAsker asker, DateTimeOffset now) =>
        state.Askers.Contains(asker) ? state : WithAskers(state, Replace(state.Askers, asker), now);

    private static JobState Shrink(JobState state, JobAsker[] staying, DateTimeOffset now) => WithAskers(state, staying, now);

    private static JobState Stop(JobState state, string? asker, JobRules rules, DateTimeOffset now)
    {
        var why = asker is null ? "cancelled for everyone who wanted it" : $"cancelled by {asker}, the last one who wanted it";
        state = state with { Askers = [.. state.Askers.Select(a => a with { IsLeaving = true })], Cause = FailureCause.User, Message = why };
        return Move(state, state.Status.IsHeld ? JobStatus.Cancelling : JobStatus.Cancelled, why, rules, now);
    }

    private static JobState WithAskers(JobState state, JobAsker[] askers, DateTimeOffset now)
    {
        var next = state with { Askers = askers, Version = state.Version + 1, Updated = now };
        if (next.Priority == state.Priority) return next;
        var outbox = next.Outbox.With(JobEffects.Row);
        return next with { Outbox = next.Status == JobStatus.Queued ? outbox.With(JobEffects.Pool) : outbox };
    }

    private static JobAsker[] Replace(JobAsker[] askers, JobAsker asker) => [.. askers.Where(a => a.Name != asker.Name), asker];
}
