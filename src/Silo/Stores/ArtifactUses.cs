using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Stores;
using Ptune.Silo.Artifacts;

namespace Ptune.Silo.Stores;

/// <summary>What would be of no use any more, or would fail, without an artifact.</summary>
internal sealed class ArtifactUses(ICatalog catalog, Manifests manifests, UnfinishedWork work, ArtifactShares shares)
{
    /// <param name="row">The artifact.</param>
    /// <param name="names">The names that stand for it.</param>
    /// <param name="cancellation">Stops the search.</param>
    public async Task<List<ArtifactUse>> FindAsync(ArtifactRow row, IReadOnlyCollection<string> names, CancellationToken cancellation)
    {
        var uses = (await shares.OfAsync(row, cancellation)).Select(tenant => new ArtifactUse("share", tenant, $"it is shared with {tenant}: 'ptune unshare' it first")).ToList();
        await foreach (var item in work.ListAsync(null, cancellation))
        {
            if (JobIds.Tenant(item.Id) is var tenant && tenant != row.Tenant)
            {
                // It was shared with them when they were submitted.
                if (Names(item, row)) uses.Add(new ArtifactUse(item.Noun, tenant, $"a {item.Noun} of tenant {tenant} has not ended and uses it"));
            }
            else if (Uses(item, row, names)) uses.Add(new ArtifactUse(item.Noun, item.Id, $"{item.Noun} {JobIds.Abbreviate(item.Id)} ({item.Name}) has not ended and uses it"));
        }
        await foreach (var other in catalog.ListArtifactsAsync(row.Tenant, cancellation).Where(other => other.Kind == ArtifactKind.Patch))
        {
            if (other.Digest == row.Digest || await manifests.ReadAsync(other.Digest, cancellation) is not { } manifest || !Needs(manifest, row.Digest)) continue;
            uses.Add(new ArtifactUse("artifact", other.Digest, $"the {StoreKinds.Of(other.Kind)} {Digest.Abbreviate(other.Digest)} cannot be used without it"));
        }
        return uses;
    }

    private static bool Uses(UnfinishedItem item, ArtifactRow row, IReadOnlyCollection<string> names) =>
        Names(item, row)
        || item.SpecText.Contains($"\"{InputRef.ToJob(row.JobId)}\"", StringComparison.Ordinal)
        || item.Jobs.Contains(row.JobId)
        || names.Any(name => !item.Resolved.ContainsKey(name) && item.SpecText.Contains($"\"{name}\"", StringComparison.Ordinal));

    // By its digest, or by a name that stood for it then.
    private static bool Names(UnfinishedItem item, ArtifactRow row) => item.SpecText.Contains(row.Digest, StringComparison.Ordinal) || item.Resolved.Values.Contains(row.Digest);

    /// <summary>A patch is nothing without its model. All else that was made from an artifact stands by itself: it only names it as its lineage.</summary>
    private static bool Needs(ArtifactManifest manifest, string digest) => manifest.Kind == ArtifactKind.Patch && manifest.Inputs.ContainsValue(digest);
}
