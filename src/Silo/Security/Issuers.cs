using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Ptune.Contracts.Http;
using Ptune.Silo.Configuration;

namespace Ptune.Silo.Security;

/// <summary>The issuers of the settings: each is a scheme of ASP.NET Core's own, which checks the token's signature, issuer, audience and times. What its claims mean here is said here.</summary>
internal sealed class Issuers(AccessOptions access)
{
    /// <summary>The type of the claim that holds the issuer's name in the settings.</summary>
    public const string IssuerClaimType = "ptune:issuer";

    private const string Prefix = "Issuer:";

    /// <summary>How long the issuer's keys are remembered: so long one that it has withdrawn is still taken.</summary>
    public static readonly TimeSpan KeyAge = TimeSpan.FromMinutes(10);

    /// <summary>Tokens of unknown keys have them read anew no more often than this.</summary>
    public static readonly TimeSpan KeyPause = TimeSpan.FromSeconds(10);

    /// <summary>Signatures by a key pair: with a shared secret, or none, anybody who knows the issuer's public key could sign.</summary>
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384,
        SecurityAlgorithms.RsaSsaPssSha512, SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private readonly (string Name, IssuerOptions Options, IssuerGrant[] Grants)[] _all =
        [.. access.Issuers.Select(issuer => (issuer.Key, issuer.Value, issuer.Value.Grants.Select(IssuerGrant.Parse).OfType<IssuerGrant>().ToArray()))];

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
                jwt.TokenValidationParameters = Checks(issuer, issuer.Audience);
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

    /// <summary>What a token of an issuer has to fulfil.</summary>
    /// <param name="issuer">Who signs it.</param>
    /// <param name="audience">Whom it is for.</param>
    public static TokenValidationParameters Checks(IssuerOptions issuer, string audience) => new()
    {
        ValidIssuer = IssuerOf(issuer),
        ValidAudience = audience,
        ValidAlgorithms = Algorithms,
        ClockSkew = issuer.ClockSkew,
        RequireExpirationTime = true,
        RequireSignedTokens = true,
    };

    public async Task<AuthenticateResult> AuthenticateAsync(HttpContext http, string token)
    {
        if (Read(token) is not { } read) return AuthenticateResult.Fail("The token cannot be read.");
        // The issuer is not believed yet; it only says which keys to try.
        if (Array.Find(_all, issuer => IssuerOf(issuer.Options) == read.Issuer).Name is not { } name) return AuthenticateResult.Fail("The token is not of an issuer that is known here.");
        var result = await http.AuthenticateAsync(Prefix + name);
        return result.Principal is { } principal ? AuthenticateResult.Success(new AuthenticationTicket(Admit(name, principal), AccessHandler.SchemeName)) : AuthenticateResult.Fail(Why(result.Failure));
    }

    /// <summary>Who somebody is here, and what it may do by the issuer's grants: the same for a program's token and for a person's login.</summary>
    /// <param name="name">The issuer's name in the settings.</param>
    /// <param name="principal">The claims that the issuer has made.</param>
    public ClaimsPrincipal Admit(string name, ClaimsPrincipal principal)
    {
        var identity = new ClaimsIdentity(AccessHandler.SchemeName);
        var (_, options, grants) = Array.Find(_all, issuer => issuer.Name == name);
        if (options is null) return new ClaimsPrincipal(identity);
        identity.AddClaim(new Claim(IssuerClaimType, name));
        var values = principal.FindAll(options.Claim).Select(claim => claim.Value).ToHashSet(StringComparer.Ordinal);
        identity.AddClaim(new Claim(ClaimTypes.Name, principal.FindFirstValue(options.NameClaim) ?? principal.FindFirstValue("sub") ?? ""));
        foreach (var grant in grants.Where(grant => values.Contains(grant.Value))) identity.AddClaim(new Grant(grant.Tenant, grant.Role).ToClaim());
        return new ClaimsPrincipal(identity);
    }

    /// <summary>Of the claims that the issuer has made, those that <see cref="Admit"/> reads. Somebody may be in hundreds of groups, and a cookie is small.</summary>
    public ClaimsIdentity Needed(string name, ClaimsPrincipal principal)
    {
        var (_, options, grants) = Array.Find(_all, issuer => issuer.Name == name);
        return new ClaimsIdentity(
            principal.Claims.Where(claim => claim.Type == options.NameClaim || claim.Type == "sub" || (claim.Type == options.Claim && Array.Exists(grants, grant => grant.Value == claim.Value)))
                .DistinctBy(claim => (claim.Type, claim.Value)).Select(claim => new Claim(claim.Type, claim.Value)),
            name);
    }

    /// <summary>Where people can get a token by the command line.</summary>
    public LoginIssuer[] ForCommandLine() =>
        [.. _all.Where(issuer => issuer.Options.CliClientId is not null).Select(issuer => new LoginIssuer(issuer.Name, issuer.Options.Label ?? issuer.Name, issuer.Options.Authority, issuer.Options.CliClientId!, issuer.Options.CliScopes))];

    public static bool IsLoopback(string authority) => Uri.TryCreate(authority, UriKind.Absolute, out var address) && address.IsLoopback;

    /// <summary>What its tokens call it.</summary>
    public static string IssuerOf(IssuerOptions options) => options.Issuer ?? options.Authority;

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
