using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Ptune.Contracts.Identity;
using Ptune.Silo.Configuration;

namespace Ptune.Silo.Security;

/// <summary>Who may do what: each policy is the least role in the request's tenant.</summary>
internal static class Policies
{
    public const string Viewer = nameof(Role.Viewer);
    public const string Submitter = nameof(Role.Submitter);
    public const string Operator = nameof(Role.Operator);
    public const string Admin = nameof(Role.Admin);

    /// <summary>A viewer, or a caller on this machine: for /metrics, which local collectors read.</summary>
    public const string ViewerOrLocal = "ViewerOrLocal";

    public static void AddServerSecurity(this IServiceCollection services, HttpOptions http, AccessOptions access)
    {
        // AddAuthentication would add data protection with its keys in the user's home; those of the console are in the store.
        services.AddAuthenticationCore(options => options.DefaultScheme = AccessHandler.SchemeName);
        services.AddWebEncoders();
        services.AddSingleton<ApiKeys>().AddSingleton<LoginCookie>();
        services.AddSingleton<IAuthenticationConfigurationProvider, NoSchemeSettings>();
        services.AddSingleton(access).AddSingleton<Issuers>().AddSingleton<People>();
        var schemes = new AuthenticationBuilder(services).AddScheme<AuthenticationSchemeOptions, AccessHandler>(AccessHandler.SchemeName, null);
        Issuers.Add(schemes, access);
        if (http.RequiresAccess) PersonLogins.Add(schemes, http, access);
        var policies = services.AddAuthorizationBuilder();
        foreach (var role in Enum.GetValues<Role>())
            policies.AddPolicy(role.ToString(), policy => policy.RequireAssertion(context => IsAtLeast(context, role)));
        policies.AddPolicy(ViewerOrLocal, policy => policy.RequireAssertion(context =>
            IsAtLeast(context, Role.Viewer) || (context.Resource is HttpContext http && IsLocal(http))));
    }

    private static bool IsAtLeast(AuthorizationHandlerContext context, Role role) => context.Resource is HttpContext http && http.FindCaller()?.Is(role) == true;

    /// <summary>A proxy on this machine speaks for callers that are elsewhere; it says so in these headers.</summary>
    private static bool IsLocal(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote)
        && !http.Request.Headers.ContainsKey("X-Forwarded-For") && !http.Request.Headers.ContainsKey("Forwarded");
}
