namespace Ptune.Learning.Transfer.Language;

/// <summary>An artifact's files.</summary>
/// <param name="Path">The folder.</param>
/// <param name="Digest">The artifact's; converted weights are found by it.</param>
public sealed record ArtifactFolder(string Path, string Digest);
