using System.Net.Http.Headers;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Ptune.Contracts.Identity;
using Ptune.Silo.Configuration;

namespace Ptune.Silo.Security;

/// <summary>
/// One token for everybody: as a bearer, or, because a browser sends no bearer, as the password of HTTP Basic with any user name.
/// Without a configured token every caller is let in: the addresses are then loopback only.
/// </summary>
internal sealed class TokenAuthenticationHandler(
    HttpOptions http, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Token";
    private const string Realm = "Portable Tuning Orchestrator";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (http.Token is null) return Task.FromResult(Admit(Caller.Local));
        if (!AuthenticationHeaderValue.TryParse(Request.Headers.Authorization, out var header)) return Task.FromResult(AuthenticateResult.NoResult());
        var sent = header.Scheme.ToUpperInvariant() switch
        {
            "BEARER" => header.Parameter,
            "BASIC" => Password(header.Parameter),
            _ => null,
        };
        return Task.FromResult(sent is not null && SameText(sent, http.Token) ? Admit("settings") : AuthenticateResult.Fail("The token is wrong."));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        // A browser opens its password window for Basic; a program is told what it should have sent.
        Response.Headers.WWWAuthenticate = Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
            ? $"Basic realm=\"{Realm}\", charset=\"UTF-8\"" : $"Bearer realm=\"{Realm}\"";
        var wrong = Request.Headers.Authorization.Count > 0;
        await TypedResults.Problem(
            wrong ? "The token is wrong." : "A token is needed: Authorization: Bearer TOKEN, the server's PTUNE_Http__Token.",
            statusCode: StatusCodes.Status401Unauthorized).ExecuteAsync(Context);
    }

    /// <summary>Also for those who are let in and may not do this.</summary>
    protected override async Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var role = Context.FindCaller()?.Role.ToString().ToLowerInvariant();
        var needed = Context.GetEndpoint()?.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(data => data.Policy).Where(policy => Enum.TryParse<Role>(policy, out _)).MaxBy(policy => Enum.Parse<Role>(policy!));
        await TypedResults.Problem(
            needed is null ? "You may not do this." : $"This needs the role {needed.ToLowerInvariant()}; you are {role}.",
            statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(Context);
    }

    private static AuthenticateResult Admit(string name) =>
        AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, name), new Grant(Grant.All, Role.Admin).ToClaim()], SchemeName)), SchemeName));

    /// <summary>Compares digests, so that the time taken says nothing about the token or its length.</summary>
    private static bool SameText(string a, string b) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(a)), SHA256.HashData(Encoding.UTF8.GetBytes(b)));

    private static string? Password(string? parameter)
    {
        var bytes = new byte[parameter?.Length ?? 0];
        if (!Convert.TryFromBase64String(parameter ?? "", bytes, out var written)) return null;
        var pair = Encoding.UTF8.GetString(bytes, 0, written);
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : pair[(colon + 1)..];
    }
}
