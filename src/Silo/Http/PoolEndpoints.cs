using Microsoft.AspNetCore.Http.HttpResults;
using Ptune.Contracts.Http;
using Ptune.Contracts.Pools;
using Ptune.Contracts.Workers;
using Ptune.Silo.Pools;

namespace Ptune.Silo.Http;

/// <summary>Pools and their workers.</summary>
internal static class PoolEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet(Routes.Pools, Pools).WithQuery().WithSummary("Pools").WithDescription("How many jobs wait and are leased in each, and its workers.");
        api.MapGet(Routes.Workers, Workers).WithQuery().WithSummary("Workers of all pools");
    }

    private static async Task<Ok<PoolView[]>> Pools(HttpContext http, KnownPools pools) => TypedResults.Ok(await pools.ViewsAsync(http.RequestAborted));

    private static async Task<Ok<WorkerView[]>> Workers(HttpContext http, KnownPools pools) =>
        TypedResults.Ok((await pools.ViewsAsync(http.RequestAborted)).SelectMany(p => p.Workers).OrderBy(w => w.WorkerId, StringComparer.Ordinal).ToArray());
}
