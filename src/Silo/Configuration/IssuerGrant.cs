using Ptune.Contracts.Identity;

namespace Ptune.Silo.Configuration;

/// <summary>What a caller may do whose claim has a value.</summary>
/// <param name="Tenant">A tenant's name, or <see cref="ApiKeyView.AllTenants"/>.</param>
internal sealed record IssuerGrant(string Value, string Tenant, Role Role)
{
    /// <summary>From <c>VALUE=TENANT/ROLE</c>; null for another form.</summary>
    public static IssuerGrant? Parse(string text)
    {
        var (equals, slash) = (text.LastIndexOf('='), text.LastIndexOf('/'));
        if (equals <= 0 || slash < equals) return null;
        var (tenant, word) = (text[(equals + 1)..slash].Trim(), text[(slash + 1)..].Trim());
        if (!Enum.GetNames<Role>().Contains(word, StringComparer.OrdinalIgnoreCase) || (tenant != ApiKeyView.AllTenants && !JobIds.IsTenant(tenant))) return null;
        var role = Enum.Parse<Role>(word, ignoreCase: true);
        return role == Role.Admin && tenant != ApiKeyView.AllTenants ? null : new IssuerGrant(text[..equals].Trim(), tenant, role);
    }
}
