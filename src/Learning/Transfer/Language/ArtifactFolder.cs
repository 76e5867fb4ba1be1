namespace Ptune.Learning.Transfer.Language;

/// <summary>An artifact's files, or a folder like an artifact's.</summary>
/// <param name="Path">The folder.</param>
/// <param name="Digest">The artifact's; converted weights are found by it.</param>
/// <param name="HasGolden">False: a folder of another program, which does not say what the model computed when it was made.</param>
public sealed record ArtifactFolder(string Path, string Digest, bool HasGolden = true);
