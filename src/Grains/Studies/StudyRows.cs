using Ptune.Contracts.Stores;

namespace Ptune.Grains.Studies;

/// <summary>What the catalog is told of a study.</summary>
internal static class StudyRows
{
    public static JobRow Row(StudyState state) => new(
        state.StudyId,
        state.Tenant,
        state.Spec.Scheduling.Pool,
        StudyMachine.Kind,
        state.Spec.Name,
        state.Status,
        state.Spec.Scheduling.Priority,
        state.Created,
        state.Updated,
        state.Version);
}
