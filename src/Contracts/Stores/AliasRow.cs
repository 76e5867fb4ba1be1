namespace Ptune.Contracts.Stores;

/// <summary>An alias (<c>vit@v2</c>) of an artifact's digest.</summary>
/// <param name="Digest">What it stands for; empty: the alias was removed.</param>
/// <param name="By">Who set it, as far as that was said; known to the registry only.</param>
[GenerateSerializer, Immutable, Alias("ptune.AliasRow")]
public sealed record AliasRow(string Tenant, string Alias, string Digest, DateTimeOffset Updated, long Version, string? By = null);
