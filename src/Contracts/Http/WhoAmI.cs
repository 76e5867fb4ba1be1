using Ptune.Contracts.Identity;

namespace Ptune.Contracts.Http;

/// <summary>Who the server takes the caller for.</summary>
/// <param name="Name">The caller's name.</param>
/// <param name="KeyId">The id of its API key; null: it has none.</param>
/// <param name="Role">Its role in <paramref name="Tenant"/>.</param>
/// <param name="Tenant">The tenant that the request is for.</param>
/// <param name="Tenants">The tenants that it may choose among; null: all.</param>
/// <param name="Issuer">The issuer that says who it is, as the server's settings call it; null: the server itself, by a key.</param>
public sealed record WhoAmI(string Name, string? KeyId, Role Role, string Tenant, string[]? Tenants, string? Issuer = null);
