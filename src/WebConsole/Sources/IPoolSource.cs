using Ptune.Contracts.Pools;
using Ptune.Contracts.Workers;

namespace Ptune.WebConsole.Sources;

/// <summary>The pools that there are, with their queues and workers.</summary>
public interface IPoolSource
{
    Task<PoolView[]> ViewsAsync(CancellationToken cancellation);

    /// <summary>Gives a worker an order in the name of the request's visitor; null: nobody knows the worker.</summary>
    Task<WorkerView?> OrderAsync(HttpContext http, string worker, WorkerOrder order);
}
