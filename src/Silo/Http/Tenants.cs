using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Silo.Security;

namespace Ptune.Silo.Http;

/// <summary>For whom.</summary>
internal static class Tenants
{
    /// <summary>The tenant that a request is for, one of its caller's own.</summary>
    public static string Of(HttpContext http) => http.Caller().Tenant;

    /// <summary>Refuses a header that names no tenant.</summary>
    public static async ValueTask<object?> Check(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Request.Headers[Routes.TenantHeader] is { Count: > 0 } header && !JobIds.IsTenant(header.ToString())
            ? ApiProblems.BadRequest($"The header {Routes.TenantHeader} is not a valid tenant name: use lowercase letters, digits and '-', at most 63 characters.")
            : await next(context);
}
