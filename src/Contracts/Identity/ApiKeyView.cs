namespace Ptune.Contracts.Identity;

/// <summary>An API key without its secret.</summary>
/// <param name="Id">The key's beginning, by which people name it.</param>
/// <param name="Name">Whose it is, or what for.</param>
/// <param name="Tenant">Its tenant; <see cref="AllTenants"/>: all.</param>
/// <param name="Created">When it was made.</param>
/// <param name="By">Who made it.</param>
/// <param name="Expires">From when on it is refused; null: never.</param>
/// <param name="Revoked">Since when it is refused; null: it is not.</param>
/// <param name="RevokedBy">Who revoked it.</param>
/// <param name="LastUsed">When it was last used, to about a minute while the server runs and to an hour after it has stopped; null: never.</param>
[GenerateSerializer, Immutable, Alias("ptune.ApiKeyView")]
public sealed record ApiKeyView(
    string Id, string Name, string Tenant, Role Role, DateTimeOffset Created, string By, DateTimeOffset? Expires, DateTimeOffset? Revoked, string? RevokedBy, DateTimeOffset? LastUsed)
{
    /// <summary>The tenant of a key that is for all of them.</summary>
    public const string AllTenants = "*";
}
