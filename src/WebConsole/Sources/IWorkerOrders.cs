using Ptune.Contracts.Workers;

namespace Ptune.WebConsole.Sources;

/// <summary>Orders to workers.</summary>
public interface IWorkerOrders
{
    /// <summary>False: there is no such worker.</summary>
    Task<bool> GiveAsync(HttpContext http, string workerId, WorkerOrder order);
}
