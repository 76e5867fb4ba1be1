using Ptune.Contracts.Http;
using Ptune.Silo.Configuration;
using Ptune.Storage.Collecting;

namespace Ptune.Silo.Stores;

/// <summary>How much the store holds, and the cache of the worker that lives in this process.</summary>
internal sealed class StoreMeasuring(StoreUsage usage, ServerSettings settings)
{
    // Links in the cache lead into the store, which is counted already.
    private static readonly EnumerationOptions Files = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };

    /// <exception cref="IOException">The store cannot be read.</exception>
    public async Task<StoreUsageView> MeasureAsync(int largest, CancellationToken cancellation)
    {
        var view = await usage.MeasureAsync(largest, cancellation);
        return settings.HasWorker && OfCache(settings.WorkerCache, cancellation) is { } cache ? view with { Kinds = [.. view.Kinds, cache] } : view;
    }

    private static StoreUsageRow? OfCache(string folder, CancellationToken cancellation)
    {
        var (count, bytes) = (0, 0L);
        if (!Directory.Exists(folder)) return null;
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", Files))
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                (count, bytes) = (count + 1, bytes + file.Length);
            }
            catch (FileNotFoundException)
            {
                // The worker has removed it meanwhile.
            }
        }
        return count == 0 ? null : new StoreUsageRow(StoreKinds.WorkerCache, count, bytes);
    }
}
