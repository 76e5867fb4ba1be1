using Microsoft.AspNetCore.Http.HttpResults;
using Ptune.Contracts.Audit;
using Ptune.Contracts.Http;
using Ptune.Contracts.Stores;
using Ptune.Silo.Artifacts;
using Ptune.Silo.Audit;
using Ptune.Silo.Security;
using Ptune.Silo.Stores;

namespace Ptune.Silo.Http;

/// <summary>Artifacts that other tenants may use: operators of the tenant that owns one say which.</summary>
internal static class ShareEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost(Routes.ArtifactShares, Share).RequireAuthorization(Policies.Operator).WithQuery().WithSummary("Share an artifact")
            .WithDescription("The tenant, or all, may read it and start from it, by its digest or by a name that it gives it.").ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
        api.MapDelete(Routes.ArtifactShare, Unshare).RequireAuthorization(Policies.Operator).WithQuery().WithSummary("Share an artifact no longer")
            .WithDescription("It is then as if it did not exist for that tenant. What was submitted before goes on.").ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
    }

    internal static async Task<Results<Ok<ShareView>, ProblemHttpResult>> Share(HttpContext http, string reference, ShareRequest request, ArtifactLookup artifacts, ArtifactShares shares, AuditLog audit)
    {
        var match = await artifacts.FindAsync(Tenants.Of(http), reference, http.RequestAborted);
        if (match.Row is not { } row) return ArtifactEndpoints.Refusal(reference, match);
        if (!row.IsOwn()) return Others(reference, row);
        if (request.With == row.Tenant || !await shares.ExistsAsync(request.With ?? "")) return ApiProblems.BadRequest($"There is no other tenant '{request.With}'.");
        var before = await shares.OfAsync(row, http.RequestAborted);
        if (before.Contains(request.With)) await shares.AddAsync(row, request.With!);
        else
            await audit.AroundAsync(http, row.Tenant, AuditActions.ArtifactShare, row.Digest, Words(before), Words([.. before, request.With!]), () => shares.AddAsync(row, request.With!));
        return TypedResults.Ok(new ShareView(row.Digest, row.Tenant, await shares.OfAsync(row, http.RequestAborted)));
    }

    internal static async Task<Results<Ok<ShareView>, ProblemHttpResult>> Unshare(HttpContext http, string reference, string with, ArtifactLookup artifacts, ArtifactShares shares, AuditLog audit)
    {
        var match = await artifacts.FindAsync(Tenants.Of(http), reference, http.RequestAborted);
        if (match.Row is not { } row) return ArtifactEndpoints.Refusal(reference, match);
        if (!row.IsOwn()) return Others(reference, row);
        var before = await shares.OfAsync(row, http.RequestAborted);
        if (!before.Contains(with)) return ApiProblems.NotFound($"'{reference}' is not shared with '{with}'.");
        string[] after = [.. before.Where(tenant => tenant != with)];
        await audit.AroundAsync(http, row.Tenant, AuditActions.ArtifactUnshare, row.Digest, Words(before), Words(after), () => shares.RemoveAsync(row, with));
        return TypedResults.Ok(new ShareView(row.Digest, row.Tenant, after));
    }

    public static ProblemHttpResult Others(string reference, ArtifactRow row) => ApiProblems.Forbidden($"'{reference}' belongs to tenant {row.Owner()}, which shares it: only its operators share or remove it.");

    private static string Words(string[] with) => with.Length == 0 ? "shared with nobody" : $"shared with {string.Join(", ", with)}";
}
