using Ptune.Contracts.Specs;

namespace Ptune.Contracts.Stores;

/// <summary>An artifact in the catalog.</summary>
[GenerateSerializer, Alias("ptune.ArtifactRow")]
public sealed record ArtifactRow(string Tenant, string Digest, ArtifactKind Kind, string JobId, string? OutputSpace, long Bytes, DateTimeOffset Created);
