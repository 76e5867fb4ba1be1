using Ptune.Contracts.Estimates;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Pools;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Stores;

namespace Ptune.Grains.Jobs;

/// <summary>What the catalog and the pool are told of a job.</summary>
internal static class JobRows
{
    public static JobRow Row(JobState state) => new(
        state.JobId,
        JobIds.Tenant(state.JobId),
        state.Spec.Scheduling.Pool,
        JobMachine.KindOf(state.Spec),
        state.Name,
        state.Status,
        state.Priority,
        state.Created,
        state.Updated,
        state.Version,
        state.Spec.Scheduling.Needs,
        state.Status.IsFinal ? state.Ended + Durations.Parse(state.Spec.Scheduling.TtlAfterFinished) : null,
        state.Status.IsHeld ? state.Permit : null,
        state.Status.IsFinal ? null : MemoryClass.GiB(state.EstimatedMemory),
        state.Status.IsFinal ? null : state.EstimatedSeconds);

    /// <summary>How the audit trail shows a job: its state, its priority, and who asked for it.</summary>
    public static string Shown(JobState state) =>
        $"{state.Status.ToString().ToLowerInvariant()}, priority {state.Priority}, asked for by {string.Join(" and ", state.Askers.Where(a => !a.IsLeaving).Select(a => a.Name).DefaultIfEmpty("nobody"))}";

    public static ArtifactRow Artifact(JobState state)
    {
        var result = state.Result!;
        return new(JobIds.Tenant(state.JobId), result.Artifact, result.Kind, state.JobId, result.OutputSpace, result.ArtifactBytes, state.Ended!.Value);
    }

    public static QueuedJob Queued(JobState state)
    {
        var models = state.Spec.Inputs()
            .Where(i => i.Kind is ArtifactKind.Model or ArtifactKind.Reward)
            .Select(i => state.Inputs?.GetValueOrDefault(i.Role))
            .OfType<string>()
            .Distinct();
        return new(state.JobId, JobIds.Tenant(state.JobId), state.Priority, state.Created, [.. models], state.NotBefore, state.ExcludedWorkers, state.Spec.Scheduling.Needs,
            MemoryClass.GiB(state.EstimatedMemory));
    }
}
