using Duende.IdentityModel.OidcClient;

namespace Ptune.Cli.Logins;

/// <summary>Login in the browser of this machine, by authorization code with PKCE.</summary>
internal static class BrowserLogin
{
    /// <param name="issuer">Where.</param>
    /// <param name="scopes">What is asked for.</param>
    /// <param name="open">Opens an address in the browser.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="IssuerException">The person has declined, or the issuer refuses.</exception>
    /// <exception cref="CliException">The issuer cannot be reached.</exception>
    public static async Task<IssuedTokens> RunAsync(IssuerClient issuer, IEnumerable<string> scopes, Action<string> open, CancellationToken cancellation)
    {
        await issuer.DiscoverAsync(cancellation);
        using var browser = new LoopbackBrowser(open);
        var client = new OidcClient(new OidcClientOptions
        {
            Authority = issuer.Authority,
            ClientId = issuer.ClientId,
            Scope = string.Join(' ', scopes),
            RedirectUri = browser.RedirectUri,
            Browser = browser,
            LoadProfile = false,
            Policy = new Policy { Discovery = IssuerClient.Policy },
        });
        var result = await client.LoginAsync(new LoginRequest(), cancellation);
        cancellation.ThrowIfCancellationRequested();
        if (!result.IsError) return new IssuedTokens(result.AccessToken, result.RefreshToken, result.AccessTokenExpiration);
        throw result.Error == "access_denied" ? new IssuerException("The login was declined.") : new IssuerException($"{issuer.Authority} refuses the login: {result.Error}");
    }
}
