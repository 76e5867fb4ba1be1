using Ptune.Cli.Logins;

namespace Ptune.Cli.Servers;

/// <summary>What the user has logged in with.</summary>
/// <param name="Token">The key, or the issuer's access token.</param>
/// <param name="Refresh">What renews the token; null: nothing does.</param>
/// <param name="Expires">When the token does; null: not known, or never.</param>
/// <param name="Authority">The issuer's address; null: it is a key.</param>
/// <param name="ClientId">The client that it was issued to.</param>
internal sealed record Credential(string Token, string? Refresh = null, DateTimeOffset? Expires = null, string? Authority = null, string? ClientId = null)
{
    public static Credential Of(IssuerClient issuer, IssuedTokens tokens) => new(tokens.Access, tokens.Refresh, tokens.Expires, issuer.Authority, issuer.ClientId);
}
