using Ptune.Contracts.Jobs;
using Ptune.Contracts.Pools;
using Ptune.Grains.Hosting;

namespace Ptune.Grains.Jobs;

/// <summary>Asks a pool for places in its queue before jobs are submitted. Work that is known already needs none: it is joined.</summary>
public static class QueuePlaces
{
    // A large study has thousands, and most are new: a few of them tell.
    private const int AtOnce = 32;

    /// <param name="grains">The pool and the jobs.</param>
    /// <param name="options">A tenant without a limit needs no places.</param>
    /// <param name="tenant">Whose jobs they are.</param>
    /// <param name="pool">The pool's name.</param>
    /// <param name="jobIds">Jobs that may be submitted.</param>
    /// <param name="most">How many of the new ones, the first, are to have a place at once.</param>
    /// <returns>Why they may not come, in words; null when they may.</returns>
    public static async Task<string?> RefusalAsync(IGrainFactory grains, JobsOptions options, string tenant, string pool, IEnumerable<string> jobIds, int most = int.MaxValue)
    {
        if (!options.Tenants.TryGetValue(tenant, out var limits) || limits.MaxQueued is null) return null;
        var fresh = new List<string>();
        foreach (var few in jobIds.Distinct().Chunk(AtOnce))
        {
            var views = await Task.WhenAll(few.Select(async id => (Id: id, View: await grains.GetGrain<IJobGrain>(id).Get())));
            fresh.AddRange(views.Where(v => v.View is null or { Status: JobStatus.Failed or JobStatus.Cancelled }).Select(v => v.Id).Take(most - fresh.Count));
            if (fresh.Count == most) break;
        }
        return fresh.Count == 0 ? null : await grains.GetGrain<IPoolGrain>(pool).Admit(tenant, [.. fresh]);
    }
}
