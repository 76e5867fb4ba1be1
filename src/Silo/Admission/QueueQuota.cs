using Microsoft.Extensions.Options;
using Ptune.Grains.Hosting;
using Ptune.Grains.Jobs;
using Ptune.Silo.Pools;

namespace Ptune.Silo.Admission;

/// <summary>Whether a tenant may make one more pool, where the one that it names is new, and whether its queue there has room for what is being submitted.</summary>
internal sealed class QueueQuota(IGrainFactory grains, KnownPools pools, IOptions<JobsOptions> options)
{
    /// <summary>
    /// Why the jobs may not come; null when they may. A study or sweep may come when there is room for one of its new jobs: it keeps the others until
    /// there is room for them.
    /// </summary>
    public async Task<string?> RefusalAsync(string tenant, string pool, IEnumerable<string> jobIds) =>
        pools.Refusal(tenant, pool, options.Value.PoolsPerTenant) ?? await QueuePlaces.RefusalAsync(grains, options.Value, tenant, pool, jobIds, most: 1);
}
