using Ptune.Contracts.Jobs;
using Ptune.Grains.Shell;

namespace Ptune.Grains.Jobs;

/// <summary>Suspending, resuming and retrying. Every answer is the state reached; a command that does not apply to a state changes nothing.</summary>
internal static partial class JobMachine
{
    /// <summary>Holds the job back until <see cref="Resume"/>. Of a preempted one it means that it does not go back into the queue.</summary>
    public static Decision<JobState, JobView?> Suspend(JobState? state, string why, JobRules rules, DateTimeOffset now)
    {
        if (state is null) return new(null, null);
        var isAsked = state.Status == JobStatus.Suspending && state.Cause == FailureCause.User;
        if (isAsked || state.Status.IsFinal || state.Status is JobStatus.Suspended or JobStatus.Cancelling) return new(state, View(state));

        state = state with { Cause = FailureCause.User, Message = why };
        var next = Move(state, state.Status.IsHeld ? JobStatus.Suspending : JobStatus.Suspended, why, rules, now);
        return new(next, View(next));
    }

    /// <summary>Resumes a suspended job. One whose worker was asked to stop and has not stopped yet keeps running.</summary>
    public static Decision<JobState, JobView?> Resume(JobState? state, JobRules rules, DateTimeOffset now)
    {
        if (state is null) return new(null, null);
        var status = state switch
        {
            { Status: JobStatus.Suspended, Inputs: null } => JobStatus.Submitted,
            { Status: JobStatus.Suspended } => JobStatus.Queued,
            { Status: JobStatus.Suspending, Cause: FailureCause.User } => Going(state),
            _ => state.Status,
        };
        if (status == state.Status) return new(state, View(state));

        var why = state is { Status: JobStatus.Suspended, Checkpoint: { } checkpoint } ? $"resumed; it continues from step {checkpoint.Step}" : "resumed";
        var next = Move(state with { Cause = null, Message = null }, status, why, rules, now);
        return new(next, View(next));
    }

    /// <summary>Restarts a failed or cancelled job for the same askers; one that is still being cancelled keeps running.</summary>
    /// <param name="inputs">The state of its inputs; null when they were not checked.</param>
    public static Decision<JobState, JobView?> Retry(JobState? state, JobInputs? inputs, JobRules rules, DateTimeOffset now)
    {
        if (state is not { Status: JobStatus.Failed or JobStatus.Cancelled or JobStatus.Cancelling }) return new(state, state is null ? null : View(state));
        JobAsker[] askers = [.. state.Askers.Select(a => a with { IsLeaving = false })];
        var next = state.Status == JobStatus.Cancelling
            ? Rejoin(state, askers, "retried before it had stopped", rules, now)
            : Restart(state, askers, inputs ?? JobInputs.Waiting("waits for its inputs to be checked"), "retried", rules, now);
        return new(next, View(next));
    }

    /// <summary>Asks the worker of a running job to make room.</summary>
    public static Decision<JobState, JobView?> Preempt(JobState? state, string why, JobRules rules, DateTimeOffset now)
    {
        if (state is not { Status: JobStatus.Leased or JobStatus.Running }) return new(state, state is null ? null : View(state));
        var next = Move(state with { Cause = FailureCause.Preempted, Message = why }, JobStatus.Suspending, why, rules, now);
        return new(next, View(next));
    }

    /// <summary>The worker of a suspending job has stopped it, or is lost. Neither is a failure.</summary>
    private static JobState Suspended(JobState state, string how, JobRules rules, DateTimeOffset now)
    {
        var why = $"{state.Message}; {how}";
        return state.Cause == FailureCause.Preempted
            ? Move(state with { Message = why }, JobStatus.Queued, why, rules, now)
            : Move(state, JobStatus.Suspended, why, rules, now);
    }
}
