using Microsoft.Extensions.Options;
using Ptune.Contracts.Studies;
using Ptune.Grains.Hosting;
using Ptune.Grains.Pools;
using Ptune.Silo.Pools;

namespace Ptune.Silo.Admission;

/// <summary>Whether a tenant may have one more pool, where the one that it names is new, and whether its queue there has room for what is being submitted.</summary>
internal sealed class QueueQuota(IGrainFactory grains, KnownPools pools, IOptions<JobsOptions> options)
{
    /// <summary>Why the job may not come; null when it may.</summary>
    public async Task<string?> RefusalAsync(string tenant, string pool, string jobId) =>
        PoolRefusal(tenant, pool) ?? await QueuePlaces.RefusalAsync(grains, options.Value, tenant, pool, [jobId]);

    /// <summary>As for a job. A study or sweep may come when there is room for one of its new jobs: it keeps the others until there is room for them.</summary>
    public async Task<string?> RefusalAsync(string tenant, string pool, IEnumerable<PlannedJob> jobs) =>
        PoolRefusal(tenant, pool) ?? await QueuePlaces.RefusalAsync(grains, options.Value, tenant, pool, jobs.Select(job => job.JobId), most: 1);

    private string? PoolRefusal(string tenant, string pool) => pools.Refusal(tenant, pool, options.Value.PoolsPerTenant);
}
