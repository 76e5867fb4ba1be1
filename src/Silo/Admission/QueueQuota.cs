using Microsoft.Extensions.Options;
using Ptune.Grains.Hosting;
using Ptune.Grains.Pools;

namespace Ptune.Silo.Admission;

/// <summary>Whether a tenant's queue has room for what is being submitted.</summary>
internal sealed class QueueQuota(IGrainFactory grains, IOptions<JobsOptions> options)
{
    /// <summary>
    /// Why the jobs may not come; null when they may. A study or sweep may come when there is room for one of its new jobs: it keeps the others until
    /// there is room for them.
    /// </summary>
    public Task<string?> RefusalAsync(string tenant, string pool, IEnumerable<string> jobIds) => QueuePlaces.RefusalAsync(grains, options.Value, tenant, pool, jobIds, most: 1);
}
