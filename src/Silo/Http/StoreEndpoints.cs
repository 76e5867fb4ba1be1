using Microsoft.AspNetCore.Http.HttpResults;
using Ptune.Contracts.Audit;
using Ptune.Contracts.Http;
using Ptune.Silo.Audit;
using Ptune.Silo.Security;
using Ptune.Silo.Stores;

namespace Ptune.Silo.Http;

/// <summary>How much the store holds, and its cleaning.</summary>
internal static class StoreEndpoints
{
    private const int DefaultLargest = 10;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet(Routes.Store, Measure).RequireAuthorization(Policies.Admin).WithQuery("limit").WithSummary("How much the store holds").WithDescription("By kind, and the largest things; of all tenants.");
        api.MapPost(Routes.StoreCollection, Clean).RequireAuthorization(Policies.Admin).WithQuery("dryRun", "checkpoints").WithSummary("Remove what nothing can reach")
            .WithDescription("Uploads that no job needs, parts of unfinished uploads, checkpoints of jobs that have succeeded, and content that is no artifact's, once they are older than Storage:Grace. It is safe beside running jobs.");
    }

    private static async Task<Results<Ok<StoreUsageView>, ProblemHttpResult>> Measure(HttpContext http, StoreMeasuring store, int? limit) =>
        Rows.CheckLimit(limit) is { } refusal ? refusal : TypedResults.Ok(await store.MeasureAsync(limit ?? DefaultLargest, http.RequestAborted));

    private static async Task<Ok<CollectionView>> Clean(HttpContext http, StoreCleaning store, AuditLog audit, bool dryRun = false, bool checkpoints = false) => TypedResults.Ok(dryRun
        ? await store.CleanAsync(dryRun, checkpoints, http.RequestAborted)
        : await audit.AroundAsync(http, AuditChains.System, AuditActions.StoreCollect, checkpoints ? "store with checkpoints" : "store", null, null, () => store.CleanAsync(dryRun, checkpoints, http.RequestAborted)));
}
