namespace Ptune.Contracts.Stores;

/// <summary>An alias (<c>vit@v2</c>) of an artifact's digest.</summary>
[GenerateSerializer, Immutable, Alias("ptune.AliasRow")]
public sealed record AliasRow(string Tenant, string Alias, string Digest, DateTimeOffset Updated, long Version);
