using Ptune.Contracts.Jobs;
using Ptune.Grains.Shell;

namespace Ptune.Grains.Jobs;

/// <summary>
/// Leases whose answer was lost: the call failed for the pool and still took effect, or the answer did not reach the worker. The slot's next request proves that it has not received the
/// lease, so it gets the same one again; nothing has been done under it.
/// </summary>
internal static partial class JobMachine
{
    /// <summary>Nothing has been heard from the attempt.</summary>
    private static bool IsUnheard(JobState state) => state.Status.IsHeld && state.Progress is null;

    /// <summary>What a held job is when its worker is no longer asked to stop.</summary>
    private static JobStatus Going(JobState state) => state.Progress is null ? JobStatus.Leased : JobStatus.Running;

    private static bool IsLost(JobState state, LeaseRequest request) =>
        IsUnheard(state) && state.Worker == request.WorkerId && state.GrantedTo is { } granted && request.Slot?.HasMissed(granted) == true;

    /// <summary>The slot has been given this job for a later request, or the same: nobody waits for the answer to this one.</summary>
    private static bool IsPast(JobState state, LeaseRequest request) =>
        request.Slot is { } slot && state.GrantedTo is { } granted && granted.Slot == slot.Slot && slot.Number <= granted.Number;

    private static Decision<JobState, LeaseResult> GrantAgain(JobState state, LeaseRequest request, JobRules rules, DateTimeOffset now)
    {
        if (state.Status != JobStatus.Leased)
        {
            // A second copy of the request proves nothing: the answer to the first may be on its way.
            if (request.Slot!.IsSame(state.GrantedTo!)) return new(state, LeaseResult.Refused($"it is {state.Status}"));
            return new(TakenBack(state, "it was told to stop before the worker received it", rules, now), LeaseResult.Refused($"it is {state.Status}"));
        }
        var again = new JobEvent(now, JobStatus.Leased, state.Epoch, $"leased to {request.WorkerId} again, which had not received the lease");
        var next = Remember(state, again, rules) with
        {
            GrantedTo = request.Slot,
            LeaseExpires = now + rules.LeaseDuration,
            LeaseStored = now,
            Version = state.Version + 1,
            Updated = now,
        };
        return new(next, LeaseResult.Granted(LeaseOf(next, rules)));
    }

    /// <summary>Of a lease that was never delivered.</summary>
    private static JobState TakenBack(JobState state, string why, JobRules rules, DateTimeOffset now) =>
        GivenBack(state with { GrantedTo = null, LeaseBegan = null }, $"taken back from {state.Worker}: {why}", rules, now);

    private static Lease LeaseOf(JobState state, JobRules rules) => new(
        state.JobId, state.Name, state.Epoch, state.Spec, state.Inputs ?? [], state.Checkpoint, rules.LeaseDuration, Math.Max(1, state.BatchParts))
    {
        Trace = state.Trace,
    };
}
