using Ptune.Contracts.Identity;

namespace Ptune.Contracts.Http;

/// <summary>An API key that somebody wants.</summary>
/// <param name="Role">What it may do; not more than who asks.</param>
/// <param name="Tenant">Its tenant; <c>*</c>: all. Null: the tenant that the request is for; of an admin key, all.</param>
/// <param name="Name">Whose it is, or what for. Null: its id.</param>
/// <param name="Expires">How long it is valid, <c>90d</c>. Null: until it is revoked.</param>
public sealed record ApiKeyRequest(Role Role, string? Tenant = null, string? Name = null, string? Expires = null);
