using Ptune.Contracts.Http;
using Ptune.Silo.Configuration;
using Ptune.Storage.Collecting;

namespace Ptune.Silo.Stores;

/// <summary>How much the store holds, and the cache of the worker that lives in this process.</summary>
internal sealed class StoreMeasuring(StoreUsage usage, ServerSettings settings)
{
    /// <exception cref="IOException">The store cannot be read.</exception>
    public async Task<StoreUsageView> MeasureAsync(int largest, CancellationToken cancellation)
    {
        var view = await usage.MeasureAsync(largest, cancellation);
        return settings.HasWorker ? view with { Kinds = [.. view.Kinds, .. CacheUsage.Of(settings.WorkerCache, cancellation)] } : view;
    }
}
