namespace Ptune.Contracts.Artifacts;

/// <summary>An artifact as the registry shows it.</summary>
[GenerateSerializer, Alias("ptune.ArtifactView")]
public sealed record ArtifactView(string Digest, ArtifactManifest Manifest, string[] Aliases, long Bytes, DateTimeOffset Created);
