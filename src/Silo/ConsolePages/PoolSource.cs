using Ptune.Contracts.Pools;
using Ptune.Contracts.Workers;
using Ptune.Silo.Http;
using Ptune.Silo.Orders;
using Ptune.Silo.Pools;
using Ptune.Silo.Security;
using Ptune.WebConsole.Sources;

namespace Ptune.Silo.ConsolePages;

/// <summary>The pools, asked once for all pages of a second.</summary>
internal sealed class PoolSource(KnownPools pools, WorkerOrdering ordering, IHttpContextAccessor requests, TimeProvider time) : IPoolSource
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private Task<PoolView[]>? _asked;
    private long _at;

    public async Task<PoolView[]> ViewsAsync(CancellationToken cancellation)
    {
        Task<PoolView[]> asked;
        lock (_lock)
        {
            if (_asked is null || _asked.IsFaulted || _asked.IsCanceled || time.GetElapsedTime(_at) > Fresh) (_asked, _at) = (pools.ViewsAsync(CancellationToken.None), time.GetTimestamp());
            asked = _asked;
        }
        var views = await asked.WaitAsync(cancellation);
        return requests.HttpContext?.FindCaller() is { } caller ? [.. views.Select(view => Visible.To(caller, view))] : views;
    }

    public Task<WorkerView?> OrderAsync(HttpContext http, string worker, WorkerOrder order) => ordering.GiveAsync(http, worker, order);
}
