using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Audit;
using Ptune.Contracts.Http;
using Ptune.Contracts.Specs.Reading;
using Ptune.Contracts.Stores;
using Ptune.Silo.Artifacts;
using Ptune.Silo.Audit;
using Ptune.Silo.Security;
using Ptune.Silo.Stores;

namespace Ptune.Silo.Http;

/// <summary>Artifacts: list, look, read their files, remove.</summary>
internal static class ArtifactEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet(Routes.Artifacts, List).WithQuery("limit", "after").WithSummary("Artifacts, newest first").WithDescription("Also those that other tenants share; their job is of the tenant that they belong to.");
        api.MapGet(Routes.Artifact, Get).WithQuery().WithSummary("An artifact").WithDescription("By alias (vit@v2), digest, or a digest's beginning.")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        api.MapDelete(Routes.Artifact, Remove).RequireAuthorization(Policies.Operator).WithQuery("names").WithSummary("Remove an artifact")
            .WithDescription("Refused while something uses it: a name (names=true removes the names, too), a job, study or sweep that has not ended, or an artifact that cannot be used without it. The job that made it computes it again when it is submitted again.")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        api.MapGet(Routes.ArtifactFile, File).WithQuery().WithSummary("A file of an artifact").WithDescription("The entity tag is the digest of its bytes. Range requests are served.")
            .Produces<Stream>(StatusCodes.Status200OK, "application/octet-stream")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<ArtifactRow[]>, ProblemHttpResult>> List(HttpContext http, ICatalog catalog, int? limit, string? after) =>
        Rows.CheckLimit(limit) is { } refusal ? refusal : await Pages.OfArtifactsAsync(http, catalog, after, limit);

    private static async Task<Results<Ok<ArtifactView>, ProblemHttpResult>> Get(HttpContext http, string reference, ArtifactLookup artifacts, ICatalog catalog, Manifests manifests, ArtifactShares shares)
    {
        var tenant = Tenants.Of(http);
        var match = await artifacts.FindAsync(tenant, reference, http.RequestAborted);
        if (match.Row is not { } row) return Refusal(reference, match);
        if (await manifests.ReadAsync(row.Digest, http.RequestAborted) is not { } manifest) return ApiProblems.NotFound($"The manifest of '{reference}' is not in the store.");
        var aliases = await catalog.ListAliasesAsync(tenant, http.RequestAborted).Where(a => a.Digest == row.Digest).Select(a => a.Alias).ToArrayAsync(http.RequestAborted);
        return TypedResults.Ok(new ArtifactView(row.Digest, manifest, [.. aliases.Order(StringComparer.Ordinal)], row.Bytes, row.Created)
        {
            Owner = row.Owner(),
            SharedWith = row.IsOwn() ? await shares.OfAsync(row, http.RequestAborted) : [],
        });
    }

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> File(
        HttpContext http, string reference, string path, ArtifactLookup artifacts, Manifests manifests, IBlobStore blobs)
    {
        var match = await artifacts.FindAsync(Tenants.Of(http), reference, http.RequestAborted);
        if (match.Row is not { } row) return Refusal(reference, match);
        if (await manifests.ReadAsync(row.Digest, http.RequestAborted) is not { } manifest) return ApiProblems.NotFound($"The manifest of '{reference}' is not in the store.");
        if (Array.Find(manifest.Files, f => f.Path == path) is not { } file)
            return ApiProblems.NotFound($"'{reference}' has no file '{path}'.", Nearest.Of(path, manifest.Files.Select(f => f.Path)));
        if (await blobs.OpenAsync(BlobNames.Content(file.Digest), http.RequestAborted) is not { } content)
            return ApiProblems.NotFound($"The bytes of '{path}' ({file.Digest}) are not in the store.");
        return TypedResults.Stream(content, "application/octet-stream", Path.GetFileName(path), row.Created, new EntityTagHeaderValue($"\"{file.Digest}\""), enableRangeProcessing: content.CanSeek);
    }

    private static async Task<Results<Ok<RemovedArtifact>, ProblemHttpResult>> Remove(HttpContext http, string reference, ArtifactLookup artifacts, ArtifactRemoval removal, AuditLog audit, bool names = false)
    {
        var match = await artifacts.FindAsync(Tenants.Of(http), reference, http.RequestAborted);
        if (match.Row is not { } row) return Refusal(reference, match);
        if (!row.IsOwn()) return ShareEndpoints.Others(reference, row);
        AuditEntry? begun = null;
        var (removed, uses) = await removal.RemoveAsync(row, names, by: null, BeginAsync, http.RequestAborted);
        if (begun is not null) await audit.EndAsync(row.Tenant, begun, removed is null ? "something began to use it" : null);
        return removed is not null ? TypedResults.Ok(removed) : ApiProblems.InUse(reference, uses);

        async Task BeginAsync() =>
            begun = await audit.BeginAsync(http, row.Tenant, AuditActions.ArtifactRemove, row.Digest, $"{row.Kind.ToString().ToLowerInvariant()}, {row.Bytes} bytes, made by {row.JobId}", null);
    }

    public static ProblemHttpResult Refusal(string reference, ArtifactMatch match) => match.Candidates.Count > 0
        ? ApiProblems.Ambiguous(reference, match.Candidates)
        : ApiProblems.NotFound($"There is no artifact '{reference}'.", match.Nearest);
}
