using Ptune.Contracts.Artifacts;

namespace Ptune.Storage.Artifacts;

/// <summary>An artifact that the store has whole.</summary>
/// <param name="Digest">The artifact's digest: that of its manifest's canonical JSON.</param>
/// <param name="Manifest">The manifest, its files filled in.</param>
/// <param name="Bytes">The sum of its files' lengths.</param>
public sealed record StoredArtifact(string Digest, ArtifactManifest Manifest, long Bytes);
