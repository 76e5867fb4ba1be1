using System.Diagnostics.CodeAnalysis;
using Ptune.Contracts.Studies;
using Ptune.Contracts.Sweeps;

namespace Ptune.Grains.Graphs;

/// <summary>The kinds of grains that own a graph of jobs, as they stand in the catalog's rows, and how each is visited by its pool's sweep.</summary>
internal static class GraphKinds
{
    public const string Study = "TransferStudy";

    public const string Sweep = "Sweep";

    private static readonly Dictionary<string, Func<IGrainFactory, string, Task>> _visits = new()
    {
        [Study] = (grains, id) => grains.GetGrain<IStudyGrain>(id).Sweep(),
        [Sweep] = (grains, id) => grains.GetGrain<ISweepGrain>(id).Sweep(),
    };

    public static bool Has(string kind) => _visits.ContainsKey(kind);

    /// <returns>False for a kind that owns no graph: a job.</returns>
    public static bool TryVisit(IGrainFactory grains, string kind, string id, [NotNullWhen(true)] out Task? visit)
    {
        visit = _visits.TryGetValue(kind, out var start) ? start(grains, id) : null;
        return visit is not null;
    }
}
