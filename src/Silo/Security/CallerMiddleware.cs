using System.Security.Claims;
using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Grains.Identity;
using Ptune.WebConsole.Sources;

namespace Ptune.Silo.Security;

/// <summary>From the grants of whoever was let in, and the tenant that the request names, to its <see cref="Caller"/>. A tenant that is not its own does not exist for it.</summary>
internal sealed class CallerMiddleware(RequestDelegate next, TenantBook tenants)
{
    public async Task InvokeAsync(HttpContext http)
    {
        var grants = Grant.Of(http.User).ToArray();
        if (grants.Length == 0)
        {
            await next(http);
            return;
        }
        var asked = Asked(http.Request) ?? Chosen(http.Request, grants);
        var tenant = asked ?? Usual(grants);
        var own = grants.Where(grant => grant.Covers(tenant)).ToArray();
        if (own.Length == 0 || !await ExistsAsync(http, Asked(http.Request)))
        {
            await TypedResults.Problem($"There is no tenant '{tenant}'.", statusCode: StatusCodes.Status404NotFound, title: "Not found").ExecuteAsync(http);
            return;
        }
        http.Features.Set(new Caller(
            http.User.FindFirstValue(ClaimTypes.Name) ?? "", http.User.FindFirstValue(Grant.KeyClaimType), own.Max(grant => grant.Role), tenant,
            Array.Exists(grants, grant => grant.Tenant == Grant.All) ? null : [.. grants.Select(grant => grant.Tenant).Distinct()],
            http.Connection.RemoteIpAddress?.ToString() ?? "", http.TraceIdentifier));
        await next(http);
    }

    /// <summary>Whoever has all tenants has those that there are. An open server, and the settings' token, which is older than tenants are, take any name.</summary>
    private async ValueTask<bool> ExistsAsync(HttpContext http, string? asked) =>
        asked is null or JobIds.DefaultTenant || http.User.FindFirstValue(ClaimTypes.Name) is Contracts.Identity.Caller.Local or AccessHandler.SettingsName || await tenants.FindAsync(asked) is not null
        || Grant.Of(http.User).Any(grant => grant.Tenant == asked);

    /// <summary>The tenant that the header names. What cannot be a tenant's name is refused by the API with an explanation.</summary>
    private static string? Asked(HttpRequest request) =>
        request.Headers[Routes.TenantHeader] is { Count: > 0 } header && JobIds.IsTenant(header.ToString()) ? header.ToString() : null;

    /// <summary>The tenant that the visitor has chosen in the console. An old choice that is not its own any more counts for nothing.</summary>
    private static string? Chosen(HttpRequest request, Grant[] grants) =>
        TenantCookie.Of(request) is { } tenant && JobIds.IsTenant(tenant) && Array.Exists(grants, grant => grant.Covers(tenant)) ? tenant : null;

    /// <summary>The tenant of a request that names none.</summary>
    private static string Usual(Grant[] grants) =>
        Array.Find(grants, grant => grant.Tenant != Grant.All)?.Tenant ?? JobIds.DefaultTenant;
}
