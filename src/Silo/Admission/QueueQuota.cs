using Microsoft.Extensions.Options;
using Ptune.Contracts.Studies;
using Ptune.Grains.Hosting;
using Ptune.Grains.Pools;

namespace Ptune.Silo.Admission;

/// <summary>Whether a tenant's queue has room for what is being submitted.</summary>
internal sealed class QueueQuota(IGrainFactory grains, IOptions<JobsOptions> options)
{
    /// <summary>Why the job may not come; null when it may.</summary>
    public Task<string?> RefusalAsync(string tenant, string pool, string jobId) => QueuePlaces.RefusalAsync(grains, options.Value, tenant, pool, [jobId]);

    /// <summary>As for a job. A study or sweep may come when there is room for one of its new jobs: it keeps the others until there is room for them.</summary>
    public Task<string?> RefusalAsync(string tenant, string pool, IEnumerable<PlannedJob> jobs) =>
        QueuePlaces.RefusalAsync(grains, options.Value, tenant, pool, jobs.Select(job => job.JobId), most: 1);
}
