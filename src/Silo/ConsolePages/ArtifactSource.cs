using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Http;
using Ptune.Contracts.Stores;
using Ptune.Silo.Artifacts;
using Ptune.WebConsole.Sources;

namespace Ptune.Silo.ConsolePages;

internal sealed class ArtifactSource(Manifests manifests, ModelViews views, ArtifactLookup artifacts) : IArtifactSource
{
    public Task<ArtifactManifest?> ManifestAsync(string digest, CancellationToken cancellation) => manifests.ReadAsync(digest, cancellation);

    public Task<ModelView> NamedAsync(AliasRow alias, ArtifactRow row, CancellationToken cancellation) => views.OfAsync(alias, row, cancellation);

    public async Task<ArtifactRow?> FindAsync(string tenant, string reference, CancellationToken cancellation) => (await artifacts.FindAsync(tenant, reference, cancellation)).Row;
}
