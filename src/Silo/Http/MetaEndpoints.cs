using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Ptune.Contracts.Http;
using Ptune.Silo.Configuration;
using Ptune.Silo.Security;

namespace Ptune.Silo.Http;

/// <summary>The server of itself.</summary>
internal static class MetaEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet(Routes.Version, Version).WithQuery().WithSummary("The server").WithDescription("Its version, mode, process and the dashboard's address.");
        api.MapGet(Routes.Issuers, ForCommandLine).WithQuery().WithSummary("Where to log in").WithDescription("The issuers that give a person's own machine a token for this server. Anybody may ask.").AllowAnonymous();
        api.MapGet(Routes.WhoAmI, Who).WithQuery().WithSummary("Who you are").WithDescription("The name, the role and the tenant that the server takes the caller for.");
    }

    private static Ok<WhoAmI> Who(HttpContext http)
    {
        var caller = http.Caller();
        return TypedResults.Ok(new WhoAmI(caller.Name, caller.KeyId, caller.Role, caller.Tenant, caller.Tenants, http.User.FindFirstValue(Issuers.IssuerClaimType)));
    }

    /// <summary>An open server asks nobody for a token.</summary>
    private static Ok<LoginIssuer[]> ForCommandLine(Issuers issuers, HttpOptions options) => TypedResults.Ok(options.RequiresAccess ? issuers.ForCommandLine() : []);

    private static Ok<ServerInfo> Version(ServerInfo info) => TypedResults.Ok(info);
}
