namespace Ptune.Cli.Logins;

/// <summary>What an issuer has given.</summary>
/// <param name="Access">The token that the server is sent.</param>
/// <param name="Refresh">What gets the next one; null: nothing does.</param>
/// <param name="Expires">When the access token does; null: the issuer has not said.</param>
internal sealed record IssuedTokens(string Access, string? Refresh, DateTimeOffset? Expires);
