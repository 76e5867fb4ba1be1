using Microsoft.AspNetCore.Http.HttpResults;
using Ptune.Contracts.Http;
using Ptune.Contracts.Pools;
using Ptune.Contracts.Specs.Reading;
using Ptune.Contracts.Workers;
using Ptune.Silo.Orders;
using Ptune.Silo.Pools;
using Ptune.Silo.Security;

namespace Ptune.Silo.Http;

/// <summary>Pools and their workers.</summary>
internal static class PoolEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet(Routes.Pools, Pools).WithQuery().WithSummary("Pools").WithDescription("The queued and leased jobs of each, and its workers.");
        api.MapGet(Routes.Workers, Workers).WithQuery().WithSummary("Workers of all pools");
        api.MapPost(Routes.WorkerDrain, Drain).RequireAuthorization(Policies.Admin).WithQuery()
            .WithSummary("Drain a worker").WithDescription("It gets no more jobs, writes checkpoints of those that run, gives their leases back and exits.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPost(Routes.WorkerUndrain, Undrain).RequireAuthorization(Policies.Admin).WithQuery()
            .WithSummary("Take back a worker's drain order").WithDescription("A worker that has already received the order leaves anyway.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Ok<PoolView[]>> Pools(HttpContext http, KnownPools pools) => TypedResults.Ok((await pools.ViewsAsync(http.RequestAborted)).Select(pool => Visible.To(http.Caller(), pool)).ToArray());

    private static async Task<Ok<WorkerView[]>> Workers(HttpContext http, KnownPools pools) =>
        TypedResults.Ok((await pools.ViewsAsync(http.RequestAborted)).SelectMany(p => p.Workers).Select(worker => Visible.To(http.Caller(), worker)).OrderBy(w => w.WorkerId, StringComparer.Ordinal).ToArray());

    private static Task<Results<Ok<WorkerView>, ProblemHttpResult>> Drain(HttpContext http, string id, KnownPools pools, WorkerOrdering ordering) => Order(http, id, WorkerOrder.Drain, pools, ordering);

    private static Task<Results<Ok<WorkerView>, ProblemHttpResult>> Undrain(HttpContext http, string id, KnownPools pools, WorkerOrdering ordering) => Order(http, id, WorkerOrder.Work, pools, ordering);

    private static async Task<Results<Ok<WorkerView>, ProblemHttpResult>> Order(HttpContext http, string id, WorkerOrder order, KnownPools pools, WorkerOrdering ordering)
    {
        if (await ordering.GiveAsync(http, id, order) is { } given) return TypedResults.Ok(given);
        var all = (await pools.ViewsAsync(http.RequestAborted)).SelectMany(p => p.Workers).Select(w => w.WorkerId);
        return ApiProblems.NotFound($"There is no worker '{id}'.", Nearest.Of(id, all));
    }
}
