using Ptune.Contracts.Stores;

namespace Ptune.Grains.Sweeps;

/// <summary>What the catalog is told of a sweep.</summary>
internal static class SweepRows
{
    public static JobRow Row(SweepState state) => new(
        state.SweepId,
        state.Tenant,
        state.Spec.Scheduling.Pool,
        SweepMachine.Kind,
        state.Spec.Name,
        state.Status,
        state.Spec.Scheduling.Priority,
        state.Created,
        state.Updated,
        state.Version);
}
