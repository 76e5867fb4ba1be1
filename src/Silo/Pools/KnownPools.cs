using System.Collections.Concurrent;
using Orleans.Runtime;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Pools;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Stores;

namespace Ptune.Silo.Pools;

/// <summary>
/// The pools that there are. A pool is a name that jobs or workers use; nobody keeps a list. So: the default one, those of jobs that are
/// not final, and those whose grain is awake, as each pool with workers is.
/// </summary>
internal sealed class KnownPools(IGrainFactory grains, ICatalog catalog)
{
    /// <summary>Named for as long as the process lives, so that a metric that was seen once goes to zero and does not vanish.</summary>
    private readonly ConcurrentDictionary<string, byte> _seen = new([new(new Scheduling().Pool, 0)]);

    public async Task<PoolView[]> ViewsAsync(CancellationToken cancellation)
    {
        await foreach (var row in catalog.QueryAsync(new JobQuery { Statuses = JobStatusExtensions.NotFinal }, cancellation))
            if (row.Pool.Length > 0) _seen.TryAdd(row.Pool, 0);
        foreach (var awake in await AwakeAsync()) _seen.TryAdd(awake, 0);
        return await Task.WhenAll(_seen.Keys.Order(StringComparer.Ordinal).Select(name => grains.GetGrain<IPoolGrain>(name).Get()));
    }

    private async Task<IEnumerable<string>> AwakeAsync()
    {
        var type = grains.GetGrain<IPoolGrain>(new Scheduling().Pool).GetGrainId().Type;
        var active = await grains.GetGrain<IManagementGrain>(0).GetActiveGrains(type);
        return active.Select(id => id.Key.ToString()!);
    }
}
