using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Ptune.Silo.Configuration;

namespace Ptune.Silo.Security;

/// <summary>
/// The console's login at the issuers of the settings, by authorization code with PKCE: ASP.NET Core's own handlers, one for each issuer and one for the cookie of whoever has come in.
/// Nothing is kept between two requests but in cookies, whose keys are in the store, so the answer of the issuer may reach any silo.
/// </summary>
internal static class PersonLogins
{
    public const string CookieScheme = "Person";

    private const string Prefix = "Login:";

    /// <summary>In the cookie: when the login ends, however much it is used.</summary>
    private const string Ends = "ends";

    /// <summary>A login ends when it was not used for so long.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromHours(2);

    /// <summary>As long as a login with a key. After that the issuer is asked again, which knows who has left the company.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    public static string SchemeOf(string issuer) => Prefix + issuer;

    public static void Add(AuthenticationBuilder authentication, HttpOptions http, AccessOptions access)
    {
        var people = access.Issuers.Where(issuer => issuer.Value.ClientId is not null).ToArray();
        if (people.Length == 0) return;
        authentication.AddCookie(CookieScheme, cookie =>
        {
            (cookie.ExpireTimeSpan, cookie.SlidingExpiration) = (Idle, true);
            // The way back from the issuer begins on its page, so a strict cookie would not be sent to the page that it leads to.
            Set(cookie.Cookie, "ptune-person", http);
            cookie.Events.OnValidatePrincipal = async context =>
            {
                if (context.Properties.Items.TryGetValue(Ends, out var text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var ends) && cookie.TimeProvider!.GetUtcNow() < ends) return;
                context.RejectPrincipal();
                await context.HttpContext.SignOutAsync(CookieScheme);
            };
        });
        foreach (var (name, issuer) in people) authentication.AddOpenIdConnect(SchemeOf(name), oidc => Configure(oidc, name, issuer, http));
    }

    private static void Configure(OpenIdConnectOptions oidc, string name, IssuerOptions issuer, HttpOptions http)
    {
        (oidc.Authority, oidc.ClientId, oidc.ClientSecret) = (issuer.Authority, issuer.ClientId, issuer.ClientSecret);
        oidc.RequireHttpsMetadata = !Issuers.IsLoopback(issuer.Authority);
        (oidc.RefreshInterval, oidc.AutomaticRefreshInterval) = (Issuers.KeyPause, Issuers.KeyAge);
        // The code in the query, not in a form: a form that another site sends brings no cookie along.
        (oidc.ResponseType, oidc.ResponseMode, oidc.UsePkce) = (OpenIdConnectResponseType.Code, OpenIdConnectResponseMode.Query, true);
        oidc.Scope.Clear();
        foreach (var scope in issuer.Scopes) oidc.Scope.Add(scope);
        (oidc.CallbackPath, oidc.SignedOutCallbackPath, oidc.RemoteSignOutPath) = ($"/login/{name}/callback", $"/logout/{name}/callback", default);
        (oidc.SignInScheme, oidc.SignedOutRedirectUri) = (CookieScheme, "/login");
        (oidc.MapInboundClaims, oidc.DisableTelemetry, oidc.SaveTokens) = (false, true, true);
        oidc.GetClaimsFromUserInfoEndpoint = issuer.UserInfo;
        oidc.ClaimActions.Clear();
        foreach (var claim in new[] { issuer.NameClaim, issuer.Claim }.Distinct()) oidc.ClaimActions.MapJsonKey(claim, claim);
        oidc.TokenValidationParameters = Issuers.Checks(issuer, issuer.ClientId!);
        Set(oidc.NonceCookie, oidc.NonceCookie.Name!, http);
        Set(oidc.CorrelationCookie, oidc.CorrelationCookie.Name!, http);
        oidc.Events = new OpenIdConnectEvents
        {
            OnRedirectToIdentityProvider = context => { context.ProtocolMessage.RedirectUri = Public(http, context.Options.CallbackPath) ?? context.ProtocolMessage.RedirectUri; return Task.CompletedTask; },
            OnRedirectToIdentityProviderForSignOut = context => { context.ProtocolMessage.PostLogoutRedirectUri = Public(http, context.Options.SignedOutCallbackPath) ?? context.ProtocolMessage.PostLogoutRedirectUri; return Task.CompletedTask; },
            OnMessageReceived = context =>
            {
                // RFC 9207: an answer that says that it is another issuer's.
                if (context.ProtocolMessage.Iss is { Length: > 0 } iss && iss != Issuers.IssuerOf(issuer)) context.Fail("The answer is of another issuer.");
                return Task.CompletedTask;
            },
            OnTicketReceived = context => EnterAsync(context, name),
            OnRemoteFailure = context => RefuseAsync(context, issuer.Label ?? name),
        };
    }

    /// <summary>Lets in whom a grant names, and nobody else.</summary>
    private static async Task EnterAsync(TicketReceivedContext context, string name)
    {
        var services = context.HttpContext.RequestServices;
        var issuers = services.GetRequiredService<Issuers>();
        var admitted = issuers.Admit(name, context.Principal!);
        Grant[] grants = [.. Grant.Of(admitted)];
        if (grants.Length == 0)
        {
            context.HandleResponse();
            context.HttpContext.User = admitted;
            await TypedResults.Problem(
                $"You are logged in as {admitted.FindFirstValue(ClaimTypes.Name)}, and have no role here. Ask an admin of this server for one; the audit trail has this attempt.",
                statusCode: StatusCodes.Status403Forbidden, title: "No role").ExecuteAsync(context.HttpContext);
            return;
        }
        // Written first: where it cannot be, nobody is let in.
        await services.GetRequiredService<ILoginRecord>().AcceptAsync(context.HttpContext, admitted.FindFirstValue(ClaimTypes.Name) ?? "", keyId: null, grants, $"let in by {name}");
        context.Principal = new ClaimsPrincipal(issuers.Needed(name, context.Principal!));
        var properties = context.Properties!;
        properties.Items[Ends] = (context.Options.TimeProvider!.GetUtcNow() + Longest).ToString("o", CultureInfo.InvariantCulture);
        // The identity token names the session that a logout ends at the issuer. The others would be secrets without a use.
        properties.StoreTokens(properties.GetTokens().Where(token => token.Name == OpenIdConnectParameterNames.IdToken).ToArray());
        // Who logs in by another way is one caller, not two.
        services.GetRequiredService<LoginCookie>().Remove(context.HttpContext);
    }

    /// <summary>What went wrong is logged by the handler. What the issuer or the address bar says about it is not shown: anybody can write such an address.</summary>
    private static async Task RefuseAsync(RemoteFailureContext context, string label)
    {
        context.HandleResponse();
        await TypedResults.Problem(
            $"The login at {label} did not succeed: it was declined, took too long, or was not begun in this browser. Nothing has changed. Open a page to log in again.",
            statusCode: StatusCodes.Status401Unauthorized, title: "Not logged in").ExecuteAsync(context.HttpContext);
    }

    private static string? Public(HttpOptions http, PathString path) => http.PublicUrl is { } url ? url.TrimEnd('/') + path : null;

    private static void Set(CookieBuilder cookie, string name, HttpOptions http)
    {
        (cookie.Name, cookie.HttpOnly, cookie.IsEssential, cookie.SameSite) = (name, true, true, SameSiteMode.Lax);
        cookie.SecurePolicy = http.PublicUrl?.StartsWith("https:", StringComparison.OrdinalIgnoreCase) == true ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
    }
}
