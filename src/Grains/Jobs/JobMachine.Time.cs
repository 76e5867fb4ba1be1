using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Grains.Shell;

namespace Ptune.Grains.Jobs;

/// <summary>Expiry, deadlines and inputs.</summary>
internal static partial class JobMachine
{
    /// <summary>Checks the clock, and the inputs where the job still waits for them.</summary>
    /// <param name="inputs">The state of its inputs; null when they were not checked.</param>
    public static Decision<JobState, JobView?> Sweep(JobState? state, JobInputs? inputs, JobRules rules, DateTimeOffset now)
    {
        if (state is null) return new(null, null);
        if (IsOverdue(state, now)) state = OutOfTime(state, rules, now);
        else if (state.Status.IsHeld && state.LeaseExpires <= now) state = Expire(state, $"{state.Worker} sent no heartbeat for {rules.LeaseDuration.TotalSeconds:0.###} s", rules, now);
        else if (state.Status.IsHeld && state.StopAsked + rules.StopGrace <= now) state = Expire(state, $"{state.Worker} did not stop within {rules.StopGrace.TotalSeconds:0.###} s", rules, now);
        else if (state.Status == JobStatus.Submitted && inputs is not null) state = TakeInputs(state, inputs, rules, now);
        return new(state, View(state));
    }

    /// <summary>
    /// A state that was just read from the store: without an activation, a worker could not renew its lease. It gets a full one
    /// again, so that a silo's restart ends no attempt. The clock that its times were made by may have been set back since, or be another machine's: none of them lies in the
    /// future, and no back-off is longer than the longest.
    /// </summary>
    public static JobState Awake(JobState state, JobRules rules, DateTimeOffset now)
    {
        if (state.Status.IsHeld && state.LeaseExpires != now + rules.LeaseDuration) state = state with { LeaseExpires = now + rules.LeaseDuration };
        if (state.LeaseStored > now || state.StopAsked > now || state.ActiveSince > now || state.LeaseBegan > now)
        {
            state = state with
            {
                LeaseStored = Earlier(state.LeaseStored, now),
                StopAsked = Earlier(state.StopAsked, now),
                ActiveSince = Earlier(state.ActiveSince, now),
                LeaseBegan = Earlier(state.LeaseBegan, now),
            };
        }
        // An earlier version gave the lease.
        if (state is { Status.IsHeld: true, LeaseBegan: null } && state.Timeline.LastOrDefault(e => e.Epoch == state.Epoch && e.Status == JobStatus.Leased) is { } leased)
            state = state with { LeaseBegan = Earlier(leased.At, now) };
        return state.NotBefore > now + rules.Retries.Longest ? state with { NotBefore = now + rules.Retries.Longest } : state;
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? time, DateTimeOffset now) => time > now ? now : time;

    /// <summary>A job that is already being stopped is left alone.</summary>
    private static bool IsOverdue(JobState state, DateTimeOffset now) =>
        (state is { Status: JobStatus.Queued or JobStatus.Leased or JobStatus.Running } or { Status: JobStatus.Suspending, Cause: FailureCause.Preempted })
        && state.ActiveSince + Durations.Parse(state.Spec.Scheduling.ActiveDeadline) <= now;

    private static JobState OutOfTime(JobState state, JobRules rules, DateTimeOffset now)
    {
        var why = $"it did not finish within its deadline of {state.Spec.Scheduling.ActiveDeadline}";
        return Move(state with { Cause = FailureCause.Timeout, Message = why }, JobStatus.Failed, why, rules, now);
    }

    private static JobState Expire(JobState state, string message, JobRules rules, DateTimeOffset now) => state.Status switch
    {
        JobStatus.Cancelling => Move(state, JobStatus.Cancelled, $"stopped: {message}", rules, now),
        JobStatus.Suspending => Suspended(state, message, rules, now),
        _ => Failed(state, FailureCause.Infrastructure, message, null, rules, now),
    };

    private static JobState TakeInputs(JobState state, JobInputs inputs, JobRules rules, DateTimeOffset now) => inputs switch
    {
        { Problem: { } problem } => Move(state with { Cause = FailureCause.Dependency, Message = problem }, JobStatus.Failed, problem, rules, now),
        { Digests: { } digests } => Move(state with { Inputs = digests, EstimatedMemory = inputs.EstimatedMemory, Message = null }, JobStatus.Queued, "its inputs are ready", rules, now),
        { WaitsFor: var waits } when waits == state.Message => state,
        { WaitsFor: var waits } => state with { Message = waits, Version = state.Version + 1, Updated = now },
    };
}
