using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Ptune.Contracts.Http;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Stores;
using Ptune.Silo.Artifacts;

namespace Ptune.Silo.Http;

/// <summary>The named artifacts of one kind: models, patches, rewards.</summary>
internal static class NamedEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        Map(api, Routes.Models, ArtifactKind.Model, "Named models");
        Map(api, Routes.Patches, ArtifactKind.Patch, "Named patches");
        Map(api, Routes.Rewards, ArtifactKind.Reward, "Named rewards");
    }

    private static void Map(IEndpointRouteBuilder api, string route, ArtifactKind kind, string summary) => api.MapGet(
            route, (HttpContext http, ICatalog catalog, ModelViews views, int? limit, string? after) => List(http, catalog, views, kind, limit, after))
        .WithQuery("limit", "after").WithSummary(summary).WithDescription("By name, in ordinal order; then what other tenants share with this one or with all and it has no name for, as OWNER/NAME, or with the first digits of the digest where the owner has no name. Such a name only tells: use the digest, or set a name.");

    private static async Task<Results<Ok<ModelView[]>, ProblemHttpResult>> List(HttpContext http, ICatalog catalog, ModelViews views, ArtifactKind kind, int? limit, string? after)
    {
        if (Rows.CheckLimit(limit) is { } refusal) return refusal;
        var (tenant, most, count) = (Tenants.Of(http), limit ?? Rows.DefaultLimit, 0);
        var page = new List<ModelView>();
        await foreach (var (name, row) in catalog.ListNamedAsync(tenant, kind, after, http.RequestAborted))
        {
            if (++count <= most) page.Add(await views.OfAsync(name, row, http.RequestAborted));
        }
        http.Response.Headers[Routes.TotalHeader] = count.ToString(CultureInfo.InvariantCulture);
        return TypedResults.Ok(page.ToArray());
    }
}
