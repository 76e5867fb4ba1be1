using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Ptune.Silo.Configuration;

namespace Ptune.Silo.Security;

/// <summary>The issuers of the settings: each is a scheme of ASP.NET Core's own, which checks the token's signature, issuer, audience and times. What its claims mean here is said here.</summary>
internal sealed class Issuers(AccessOptions access)
{
    private const string Prefix = "Issuer:";

    /// <summary>How long the issuer's keys are remembered: so long one that it has withdrawn is still taken.</summary>
    private static readonly TimeSpan KeyAge = TimeSpan.FromMinutes(10);

    /// <summary>Tokens of unknown keys have them read anew no more often than this.</summary>
    private static readonly TimeSpan KeyPause = TimeSpan.FromSeconds(10);

    /// <summary>Signatures by a key pair: with a shared secret, or none, anybody who knows the issuer's public key could sign.</summary>
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384,
        SecurityAlgorithms.RsaSsaPssSha512, SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private readonly (string Scheme, IssuerOptions Options, IssuerGrant[] Grants)[] _all =
        [.. access.Issuers.Select(issuer => (Prefix + issuer.Key, issuer.Value, issuer.Value.Grants.Select(IssuerGrant.Parse).OfType<IssuerGrant>().ToArray()))];

    public static void Add(AuthenticationBuilder authentication, AccessOptions access)
    {
        foreach (var (name, issuer) in access.Issuers)
        {
            authentication.AddJwtBearer(Prefix + name, jwt =>
            {
                jwt.Authority = issuer.Authority;
                jwt.RequireHttpsMetadata = !IsLoopback(issuer.Authority);
                jwt.MapInboundClaims = false;
                (jwt.RefreshInterval, jwt.AutomaticRefreshInterval) = (KeyPause, KeyAge);
                jwt.TokenValidationParameters = new TokenValidationParameters
                {
                    ValidIssuer = IssuerOf(issuer),
                    ValidAudience = issuer.Audience,
                    ValidAlgorithms = Algorithms,
                    ClockSkew = issuer.ClockSkew,
                    RequireExpirationTime = true,
                    RequireSignedTokens = true,
                };
            });
            // A key that the issuer has withdrawn is not good any more, however well it is known.
            authentication.Services.PostConfigure<JwtBearerOptions>(Prefix + name, jwt =>
            {
                if (jwt.ConfigurationManager is BaseConfigurationManager keys) keys.UseLastKnownGoodConfiguration = false;
            });
        }
    }

    /// <summary>Whether a token is one for the issuers, and not an API key.</summary>
    public static bool IsToken(string sent) => sent.Count(letter => letter == '.') == 2;

    public async Task<AuthenticateResult> AuthenticateAsync(HttpContext http, string token)
    {
        if (Read(token) is not { } read) return AuthenticateResult.Fail("The token cannot be read.");
        // The issuer is not believed yet; it only says which keys to try.
        var (scheme, options, grants) = Array.Find(_all, issuer => IssuerOf(issuer.Options) == read.Issuer);
        if (scheme is null) return AuthenticateResult.Fail("The token is not of an issuer that is known here.");
        var result = await http.AuthenticateAsync(scheme);
        if (result.Principal is not { } principal) return AuthenticateResult.Fail(Why(result.Failure));
        var values = principal.FindAll(options.Claim).Select(claim => claim.Value).ToHashSet(StringComparer.Ordinal);
        var identity = new ClaimsIdentity(AccessHandler.SchemeName);
        identity.AddClaim(new Claim(ClaimTypes.Name, principal.FindFirstValue(options.NameClaim) ?? principal.FindFirstValue("sub") ?? ""));
        foreach (var grant in grants.Where(grant => values.Contains(grant.Value))) identity.AddClaim(new Grant(grant.Tenant, grant.Role).ToClaim());
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), AccessHandler.SchemeName));
    }

    public static bool IsLoopback(string authority) => Uri.TryCreate(authority, UriKind.Absolute, out var address) && address.IsLoopback;

    private static string IssuerOf(IssuerOptions options) => options.Issuer ?? options.Authority;

    private static JsonWebToken? Read(string token)
    {
        try
        {
            return new JsonWebToken(token);
        }
        catch (Exception e) when (e is ArgumentException or SecurityTokenException)
        {
            return null;
        }
    }

    /// <summary>What its owner can do something about; of a forged one nothing is told.</summary>
    private static string Why(Exception? failure) => failure switch
    {
        SecurityTokenExpiredException => "The token has expired.",
        SecurityTokenNotYetValidException => "The token is not valid yet.",
        SecurityTokenInvalidAudienceException => "The token is for another audience.",
        _ => "The token is not valid here.",
    };
}
