using Ptune.Contracts.Audit;
using Ptune.Contracts.Workers;
using Ptune.Silo.Audit;

namespace Ptune.Silo.Orders;

/// <summary>Tells workers to drain, or to work on; the audit trail has a row of each order that changes something.</summary>
internal sealed class WorkerOrdering(IGrainFactory grains, AuditLog audit)
{
    /// <returns>The worker; null: nobody knows it.</returns>
    public async Task<WorkerView?> GiveAsync(HttpContext http, string id, WorkerOrder order)
    {
        return await grains.GetGrain<IWorkerGrain>(id).Get() is { } known && known.Order != order
            ? await audit.AroundAsync(http, AuditChains.System, order == WorkerOrder.Drain ? AuditActions.WorkerDrain : AuditActions.WorkerUndrain, id, Word(known.Order), Word(order), GiveAsync)
            : await GiveAsync();

        Task<WorkerView?> GiveAsync() => grains.GetGrain<IWorkerOrdersGrain>(id).Give(order);
    }

    private static string Word(WorkerOrder order) => order.ToString().ToLowerInvariant();
}
