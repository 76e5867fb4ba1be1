using Microsoft.AspNetCore.Http.HttpResults;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Http;
using Ptune.Contracts.Stores;
using Ptune.Silo.Artifacts;
using Ptune.Silo.Audit;
using Ptune.Silo.Http;
using Ptune.Silo.Stores;
using Ptune.WebConsole.Sources;

namespace Ptune.Silo.ConsolePages;

/// <summary>Artifacts as the API handles them.</summary>
internal sealed class ArtifactSource(Manifests manifests, ModelViews views, ArtifactLookup artifacts, ArtifactShares shares, AuditLog audit) : IArtifactSource
{
    public Task<ArtifactManifest?> ManifestAsync(string digest, CancellationToken cancellation) => manifests.ReadAsync(digest, cancellation);

    public Task<ModelView> NamedAsync(AliasRow alias, ArtifactRow row, CancellationToken cancellation) => views.OfAsync(alias, row, cancellation);

    public async Task<ArtifactRow?> FindAsync(string tenant, string reference, CancellationToken cancellation) => (await artifacts.FindAsync(tenant, reference, cancellation)).Row;

    public Task<string[]> SharedWithAsync(ArtifactRow row, CancellationToken cancellation) => shares.OfAsync(row, cancellation);

    public async Task<string?> ShareAsync(HttpContext http, string digest, string with) => Refusal((await ShareEndpoints.Share(http, digest, new ShareRequest(with), artifacts, shares, audit)).Result);

    public async Task<string?> UnshareAsync(HttpContext http, string digest, string with) => Refusal((await ShareEndpoints.Unshare(http, digest, with, artifacts, shares, audit)).Result);

    private static string? Refusal(IResult result) => result is Ok<ShareView> ? null : Refusals.Of(result);
}
