using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;
using Ptune.Silo.Configuration;
using Ptune.Storage.Collecting;

namespace Ptune.Silo.Stores;

/// <summary>Cleans the store: what jobs still need is known here.</summary>
internal sealed class StoreCleaning(StoreCollector collector, UnfinishedWork work, IGrainFactory grains, StorageOptions options, ServerSettings settings, TimeProvider time)
{
    /// <param name="isDryRun">Only says what would be removed.</param>
    /// <param name="withCheckpoints">Also the checkpoints that failed and cancelled jobs could go on from.</param>
    /// <param name="cancellation">Stops between two blobs.</param>
    /// <exception cref="IOException">The store cannot be read or written.</exception>
    public async Task<CollectionView> CleanAsync(bool isDryRun, bool withCheckpoints, CancellationToken cancellation)
    {
        var view = await collector.CollectAsync(new CollectionRequest(options.Grace, isDryRun, NeededAsync, (job, _) => AreCheckpointsNeededAsync(job, withCheckpoints)), cancellation);
        if (!settings.HasWorker) return view;
        var cached = CacheCleaning.Clean(settings.WorkerCache, time.GetUtcNow() - options.Grace, isDryRun);
        return view with { Removed = [.. view.Removed, .. cached], Bytes = view.Bytes + cached.Sum(row => row.Bytes) };
    }

    private async Task<IReadOnlySet<string>> NeededAsync(CancellationToken cancellation)
    {
        var digests = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var item in work.ListAsync(null, cancellation)) digests.UnionWith(item.Digests());
        return digests;
    }

    private async Task<bool> AreCheckpointsNeededAsync(string jobId, bool withCheckpoints) => (await grains.GetGrain<IJobGrain>(jobId).Get())?.Status switch
    {
        null or JobStatus.Succeeded => false,
        JobStatus.Failed or JobStatus.Cancelled => !withCheckpoints,
        _ => true,
    };
}
