namespace Ptune.Contracts.Identity;

/// <summary>Who sends a request, and what it may do in the tenant that the request is for.</summary>
/// <param name="Name">What people call it: of a key its name, of a person the issuer's name, <see cref="Local"/> on an open server.</param>
/// <param name="KeyId">The API key's id; null: it was not let in by a key.</param>
/// <param name="Role">Its role in <paramref name="Tenant"/>.</param>
/// <param name="Tenant">The tenant that the request is for.</param>
/// <param name="Tenants">The tenants that it may choose among; null: all.</param>
/// <param name="From">The address that the request came from.</param>
/// <param name="RequestId">The request, as the logs name it.</param>
[GenerateSerializer, Immutable, Alias("ptune.Caller")]
public sealed record Caller(string Name, string? KeyId, Role Role, string Tenant, string[]? Tenants, string From, string RequestId)
{
    /// <summary>The name of everybody who reaches a server that asks for no key.</summary>
    public const string Local = "local";

    /// <summary>Whether it may choose any tenant.</summary>
    public bool HasAllTenants => Tenants is null;

    public bool HasTenant(string tenant) => Tenants is null || Tenants.Contains(tenant);

    public bool Is(Role least) => Role >= least;
}
