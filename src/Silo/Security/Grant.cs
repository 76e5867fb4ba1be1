using System.Security.Claims;
using Ptune.Contracts.Identity;

namespace Ptune.Silo.Security;

/// <summary>A role in one tenant or in all. Every way of logging in ends in claims of this form, so that what comes after does not ask which way it was.</summary>
/// <param name="Tenant">A tenant's name, or <see cref="All"/>.</param>
internal sealed record Grant(string Tenant, Role Role)
{
    public const string All = "*";

    /// <summary>The type of the claim that holds a grant.</summary>
    public const string ClaimType = "ptune:grant";

    /// <summary>The type of the claim that holds the id of the API key.</summary>
    public const string KeyClaimType = "ptune:key";

    public bool Covers(string tenant) => Tenant == All || Tenant == tenant;

    public Claim ToClaim() => new(ClaimType, $"{Tenant} {Role}");

    public static IEnumerable<Grant> Of(ClaimsPrincipal user) => user.FindAll(ClaimType).Select(claim => Parse(claim.Value));

    private static Grant Parse(string text)
    {
        var cut = text.IndexOf(' ', StringComparison.Ordinal);
        return new Grant(text[..cut], Enum.Parse<Role>(text[(cut + 1)..]));
    }
}
