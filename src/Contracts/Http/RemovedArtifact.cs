using Ptune.Contracts.Specs;

namespace Ptune.Contracts.Http;

/// <summary>An artifact that was removed.</summary>
/// <param name="Names">The names that were removed with it.</param>
/// <param name="Freed">Bytes that the store no longer holds. Files that other artifacts have, too, stay.</param>
public sealed record RemovedArtifact(string Digest, ArtifactKind Kind, string[] Names, long Freed);
