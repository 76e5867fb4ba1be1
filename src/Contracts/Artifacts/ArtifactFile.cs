namespace Ptune.Contracts.Artifacts;

/// <summary>One content-addressed file of an artifact.</summary>
[GenerateSerializer, Alias("ptune.ArtifactFile")]
public sealed record ArtifactFile(string Path, string Digest, long Bytes);
