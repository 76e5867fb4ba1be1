namespace Ptune.Contracts.Identity;

/// <summary>A request for an API key. The secret stays with whoever drew it.</summary>
/// <param name="Hash">The <see cref="ApiKeyText.Hash"/> of its secret.</param>
/// <param name="Name">Whose it is, or what for.</param>
/// <param name="Tenant">Its tenant; <see cref="ApiKeyView.AllTenants"/>: all.</param>
/// <param name="Expires">From when on it is refused; null: never.</param>
/// <param name="By">Who asks.</param>
[GenerateSerializer, Immutable, Alias("ptune.ApiKeyCreation")]
public sealed record ApiKeyCreation(string Hash, string Name, string Tenant, Role Role, DateTimeOffset? Expires, string By);
