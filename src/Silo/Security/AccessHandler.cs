using System.Net.Http.Headers;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Ptune.Contracts.Identity;
using Ptune.Grains.Identity;
using Ptune.Silo.Configuration;

namespace Ptune.Silo.Security;

/// <summary>
/// API keys and issuers' tokens: as a bearer, or, because a browser sends no bearer, as the password of HTTP Basic with any user name. The settings' token is one admin key more.
/// An open server lets every caller in: its addresses are loopback only.
/// </summary>
internal sealed class AccessHandler(
    HttpOptions http, ApiKeyCache keys, LoginCookie login, People people, Issuers issuers, TimeProvider time, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Key";

    /// <summary>The name of the caller that the settings' token stands for.</summary>
    public const string SettingsName = "settings";

    private const string LoginPath = "/login";
    private const string Realm = "Portable Tuning Orchestrator";
    private const string Unknown = "The key is unknown.";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!http.RequiresAccess) return Admit(Caller.Local, null, new Grant(Grant.All, Role.Admin));
        var isSent = Request.Headers.Authorization.Count > 0;
        if ((isSent ? Sent() : login.Read(Request)) is not { } sent) return isSent ? AuthenticateResult.Fail(Unknown) : await people.AuthenticateAsync(Context);
        if (IsToken(http, sent)) return Admit(SettingsName, null, new Grant(Grant.All, Role.Admin));
        if (Issuers.IsToken(sent)) return await issuers.AuthenticateAsync(Context, sent);
        if (ApiKeyText.Parse(sent) is not { } text || await keys.FindAsync(text) is not { } key) return AuthenticateResult.Fail(Unknown);
        if (key.Revoked is not null) return AuthenticateResult.Fail($"The key {key.Id} was revoked.");
        if (key.Expires <= time.GetUtcNow()) return AuthenticateResult.Fail($"The key {key.Id} has expired.");
        return Admit(key.Name, key.Id, new Grant(key.Tenant, key.Role));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var failure = (await HandleAuthenticateOnceSafeAsync()).Failure;
        if (IsPage && Request.Headers.Authorization.Count == 0)
        {
            Response.StatusCode = StatusCodes.Status303SeeOther;
            Response.Headers.Location = $"{LoginPath}?next={Uri.EscapeDataString(Request.Path + Request.QueryString)}";
            Response.Headers.CacheControl = "no-store";
            return;
        }
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        // A browser opens its password window for Basic; a program is told what it should have sent.
        Response.Headers.WWWAuthenticate = Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
            ? $"Basic realm=\"{Realm}\", charset=\"UTF-8\"" : $"Bearer realm=\"{Realm}\"";
        await TypedResults.Problem(
            failure?.Message ?? "A key is needed: Authorization: Bearer KEY. 'ptune keys create' makes one.",
            statusCode: StatusCodes.Status401Unauthorized).ExecuteAsync(Context);
    }

    /// <summary>For those who are let in and may not do this.</summary>
    protected override async Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var needed = (Context.GetEndpoint()?.Metadata.GetOrderedMetadata<IAuthorizeData>() ?? []).Select(data => Enum.TryParse<Role>(data.Policy, out var role) ? role : Role.Viewer).DefaultIfEmpty().Max();
        await TypedResults.Problem(
            Context.FindCaller() is { } caller ? $"This needs the role {needed.Word()}; you are {caller.Role.Word()} in {caller.Tenant}." : $"{Context.User.Identity?.Name} has no role here: the settings' grants name none of its claims.",
            statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(Context);
    }

    /// <summary>Whether a text is the settings' token.</summary>
    public static bool IsToken(HttpOptions http, string text) => http.Token is { } token && SameText(text, token);

    /// <summary>A person that opens a page is led to the login, and from there back to the page.</summary>
    private bool IsPage => HttpMethods.IsGet(Request.Method) && Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase) && !Request.Path.StartsWithSegments("/v1", StringComparison.Ordinal);

    private static AuthenticateResult Admit(string name, string? keyId, Grant grant)
    {
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, name), grant.ToClaim()], SchemeName);
        if (keyId is not null) identity.AddClaim(new Claim(Grant.KeyClaimType, keyId));
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    private string? Sent() => !AuthenticationHeaderValue.TryParse(Request.Headers.Authorization, out var header) ? null : header.Scheme.ToUpperInvariant() switch
    {
        "BEARER" => header.Parameter,
        "BASIC" => Password(header.Parameter),
        _ => null,
    };

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
