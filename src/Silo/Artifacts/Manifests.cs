using Ptune.Contracts.Artifacts;
using Ptune.Storage.Artifacts;

namespace Ptune.Silo.Artifacts;

/// <summary>Manifests, where an absent one is an answer.</summary>
internal sealed class Manifests(ArtifactStore artifacts)
{
    /// <summary>A manifest, or null when the store does not hold it.</summary>
    /// <exception cref="DigestMismatchException">The stored bytes are not those that the digest names.</exception>
    public async Task<ArtifactManifest?> ReadAsync(string digest, CancellationToken cancellation)
    {
        try
        {
            return await artifacts.GetManifestAsync(digest, cancellation);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
