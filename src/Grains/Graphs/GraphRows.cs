using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Stores;

namespace Ptune.Grains.Graphs;

/// <summary>What the catalog is told of a study or a sweep.</summary>
internal static class GraphRows
{
    public static JobRow Row(string id, string tenant, string kind, Spec spec, JobStatus status, DateTimeOffset created, DateTimeOffset updated, long version) =>
        new(id, tenant, spec.Scheduling.Pool, kind, spec.Name, status, spec.Scheduling.Priority, created, updated, version);

    /// <summary>How the audit trail shows a study or a sweep.</summary>
    public static string Shown<TState>(TState state)
        where TState : class, IGraphState<TState>
    {
        var cells = state.Graph.Cells.ToArray();
        return $"{state.Status.ToString().ToLowerInvariant()}, {cells.Count(c => c.Status == JobStatus.Succeeded)} of {cells.Length} jobs succeeded";
    }
}
