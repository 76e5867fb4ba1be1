namespace Ptune.Contracts.Identity;

/// <summary>A key in the index. One whose making was cut off stands there, too, and is no key.</summary>
[GenerateSerializer, Immutable, Alias("ptune.ApiKeyPlace")]
public sealed record ApiKeyPlace(string Id, string Tenant);
