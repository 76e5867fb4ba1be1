using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;

namespace Ptune.Silo.Http;

/// <summary>Who asks.</summary>
internal static class Tenants
{
    public static string Of(HttpContext http)
    {
        var header = http.Request.Headers[Routes.TenantHeader];
        return header.Count == 0 ? JobIds.DefaultTenant : header.ToString();
    }

    /// <summary>Refuses a header that names no tenant.</summary>
    public static async ValueTask<object?> Check(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        JobIds.IsTenant(Of(context.HttpContext))
            ? await next(context)
            : ApiProblems.BadRequest($"The header {Routes.TenantHeader} is not a valid tenant name: use lowercase letters, digits and '-', at most 63 characters.");
}
