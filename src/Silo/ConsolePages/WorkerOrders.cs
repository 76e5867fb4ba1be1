using Microsoft.AspNetCore.Http.HttpResults;
using Ptune.Contracts.Workers;
using Ptune.Silo.Audit;
using Ptune.Silo.Http;
using Ptune.Silo.Pools;
using Ptune.WebConsole.Sources;

namespace Ptune.Silo.ConsolePages;

/// <summary>Orders to workers as the API gives them.</summary>
internal sealed class WorkerOrders(KnownPools pools, IGrainFactory grains, AuditLog audit) : IWorkerOrders
{
    public async Task<bool> GiveAsync(HttpContext http, string workerId, WorkerOrder order) => (await PoolEndpoints.Order(http, workerId, order, pools, grains, audit)).Result is Ok<WorkerView>;
}
