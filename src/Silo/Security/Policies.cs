using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace Ptune.Silo.Security;

/// <summary>Who may do what.</summary>
internal static class Policies
{
    /// <summary>The token, or a caller on this machine: for /metrics, which local collectors read.</summary>
    public const string TokenOrLocal = "TokenOrLocal";

    public static void AddTokenSecurity(this IServiceCollection services)
    {
        // AddAuthentication would add data protection too, which writes keys into the user's home: nothing here has cookies to protect.
        services.AddAuthenticationCore(options => options.DefaultScheme = TokenAuthenticationHandler.SchemeName);
        services.AddWebEncoders();
        new AuthenticationBuilder(services).AddScheme<AuthenticationSchemeOptions, TokenAuthenticationHandler>(TokenAuthenticationHandler.SchemeName, null);
        services.AddAuthorizationBuilder()
            .AddPolicy(TokenOrLocal, policy => policy.RequireAssertion(context =>
                context.User.Identity?.IsAuthenticated == true || (context.Resource is HttpContext http && IsLocal(http))));
    }

    /// <summary>A proxy on this machine speaks for callers that are elsewhere; it says so in these headers.</summary>
    private static bool IsLocal(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote)
        && !http.Request.Headers.ContainsKey("X-Forwarded-For") && !http.Request.Headers.ContainsKey("Forwarded");
}
