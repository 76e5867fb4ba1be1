using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Stores;

namespace Ptune.Grains.Graphs;

/// <summary>What the catalog is told of a study or a sweep.</summary>
internal static class GraphRows
{
    public static JobRow Row(string id, string tenant, string kind, Spec spec, JobStatus status, DateTimeOffset created, DateTimeOffset updated, long version) =>
        new(id, tenant, spec.Scheduling.Pool, kind, spec.Name, status, spec.Scheduling.Priority, created, updated, version);
}
