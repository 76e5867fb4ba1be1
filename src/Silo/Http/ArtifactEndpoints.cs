using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Http;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Contracts.Stores;
using Ptune.Silo.Artifacts;

namespace Ptune.Silo.Http;

/// <summary>Models and other artifacts: list, look, read their files.</summary>
internal static class ArtifactEndpoints
{
    /// <summary>How far a model's lineage is followed to its architecture.</summary>
    private const int LongestLineage = 16;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet(Routes.Models, Models).WithQuery().WithSummary("Named models").WithDescription("By alias, in ordinal order.");
        api.MapGet(Routes.Artifacts, List).WithQuery("limit", "after").WithSummary("Artifacts, newest first");
        api.MapGet(Routes.Artifact, Get).WithQuery().WithSummary("An artifact").WithDescription("By alias (vit@v2), digest, or a digest's beginning.")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        api.MapGet(Routes.ArtifactFile, File).WithQuery().WithSummary("A file of an artifact").WithDescription("The entity tag is the digest of its bytes. Range requests are served.")
            .Produces<Stream>(StatusCodes.Status200OK, "application/octet-stream")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Ok<ModelView[]>> Models(HttpContext http, ICatalog catalog, Manifests manifests)
    {
        var tenant = Tenants.Of(http);
        var models = new List<ModelView>();
        await foreach (var alias in catalog.ListAliasesAsync(tenant, http.RequestAborted))
        {
            if (await catalog.FindArtifactAsync(tenant, alias.Digest, http.RequestAborted) is not { Kind: ArtifactKind.Model } row) continue;
            var manifest = await manifests.ReadAsync(alias.Digest, http.RequestAborted);
            var architecture = await ArchitectureAsync(manifest, manifests, http.RequestAborted);
            models.Add(new ModelView(alias.Alias, alias.Digest, architecture, manifest?.OutputSpace ?? row.OutputSpace, manifest?.Labels?.Length ?? 0, row.JobId, row.Bytes, alias.Updated));
        }
        return TypedResults.Ok(models.OrderBy(m => m.Alias, StringComparer.Ordinal).ToArray());
    }

    /// <summary>The architecture's kind as the executor recorded it, or that of the pretraining at the root of the lineage.</summary>
    private static async Task<string?> ArchitectureAsync(ArtifactManifest? manifest, Manifests manifests, CancellationToken cancellation)
    {
        for (var i = 0; i < LongestLineage && manifest is not null; i++)
        {
            if (manifest.Attributes.TryGetValue(AttributeNames.Architecture, out var recorded)) return recorded;
            if (manifest.Recipe is PretrainingSpec pretraining)
            {
                return pretraining.Architecture switch
                {
                    VitSpec => "vit",
                    CnnSpec => "cnn",
                    MlpSpec => "mlp",
                    _ => null,
                };
            }
            manifest = manifest.Inputs.TryGetValue("base", out var digest) ? await manifests.ReadAsync(digest, cancellation) : null;
        }
        return null;
    }

    private static async Task<Results<Ok<ArtifactRow[]>, ProblemHttpResult>> List(HttpContext http, ICatalog catalog, int? limit, string? after) =>
        Rows.CheckLimit(limit) is { } refusal ? refusal : await Pages.OfArtifactsAsync(http, catalog, after, limit);

    private static async Task<Results<Ok<ArtifactView>, ProblemHttpResult>> Get(HttpContext http, string reference, ArtifactLookup artifacts, ICatalog catalog, Manifests manifests)
    {
        var tenant = Tenants.Of(http);
        var match = await artifacts.FindAsync(tenant, reference, http.RequestAborted);
        if (match.Row is not { } row) return Refusal(reference, match);
        if (await manifests.ReadAsync(row.Digest, http.RequestAborted) is not { } manifest) return ApiProblems.NotFound($"The manifest of '{reference}' is not in the store.");
        var aliases = await catalog.ListAliasesAsync(tenant, http.RequestAborted).Where(a => a.Digest == row.Digest).Select(a => a.Alias).ToArrayAsync(http.RequestAborted);
        return TypedResults.Ok(new ArtifactView(row.Digest, manifest, [.. aliases.Order(StringComparer.Ordinal)], row.Bytes, row.Created));
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

    private static ProblemHttpResult Refusal(string reference, ArtifactMatch match) => match.Candidates.Count > 0
        ? ApiProblems.Ambiguous(reference, match.Candidates)
        : ApiProblems.NotFound($"There is no artifact '{reference}'.", match.Nearest);
}
