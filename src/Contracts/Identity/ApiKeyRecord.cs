namespace Ptune.Contracts.Identity;

/// <summary>What a silo needs to check a key.</summary>
/// <param name="Key">The key.</param>
/// <param name="Hash">Its <see cref="ApiKeyText.Hash"/>.</param>
[GenerateSerializer, Immutable, Alias("ptune.ApiKeyRecord")]
public sealed record ApiKeyRecord(ApiKeyView Key, string Hash);
