using System.Text.Json;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Stores;

namespace Ptune.Silo.Artifacts;

/// <summary>Reads manifests from the blob store.</summary>
internal sealed class Manifests(IBlobStore blobs)
{
    /// <summary>A manifest, or null when the store does not hold it.</summary>
    /// <exception cref="InvalidDataException">The stored bytes are not those that the digest names.</exception>
    public async Task<ArtifactManifest?> ReadAsync(string digest, CancellationToken cancellation)
    {
        await using var stored = await blobs.OpenAsync(BlobNames.Content(digest), cancellation);
        if (stored is null) return null;
        using var bytes = new MemoryStream();
        await stored.CopyToAsync(bytes, cancellation);
        var span = bytes.GetBuffer().AsSpan(0, (int)bytes.Length);
        if (Digest.Of(span) != digest) throw new InvalidDataException($"The manifest {digest} is damaged in the store: its bytes have the digest {Digest.Of(span)}.");
        return JsonSerializer.Deserialize<ArtifactManifest>(span, SpecJson.Options);
    }
}
