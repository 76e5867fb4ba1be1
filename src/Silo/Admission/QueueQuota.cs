using Microsoft.Extensions.Options;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Pools;
using Ptune.Grains.Hosting;

namespace Ptune.Silo.Admission;

/// <summary>Asks the pool for places in its queue before jobs are submitted. Work that is known already needs none: it is joined.</summary>
internal sealed class QueueQuota(IGrainFactory grains, IOptions<JobsOptions> options)
{
    /// <summary>Why the jobs may not come; null when they may.</summary>
    public async Task<string?> RefusalAsync(string tenant, string pool, IEnumerable<string> jobIds)
    {
        if (!options.Value.Tenants.TryGetValue(tenant, out var limits) || limits.MaxQueued is null) return null;
        var views = await Task.WhenAll(jobIds.Distinct().Select(async id => (Id: id, View: await grains.GetGrain<IJobGrain>(id).Get())));
        var fresh = views.Where(v => v.View is null or { Status: JobStatus.Failed or JobStatus.Cancelled }).Select(v => v.Id).ToArray();
        return fresh.Length == 0 ? null : await grains.GetGrain<IPoolGrain>(pool).Admit(tenant, fresh);
    }
}
