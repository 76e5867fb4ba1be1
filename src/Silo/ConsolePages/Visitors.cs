using Ptune.Contracts.Identity;
using Ptune.WebConsole.Sources;

namespace Ptune.Silo.ConsolePages;

/// <summary>Who looks at the console. A server without a login is one person's: it may do all, and looks at the tenant that it chose.</summary>
internal sealed class Visitors : IVisitors
{
    public Visitor Of(HttpContext http)
    {
        var tenant = TenantCookie.Of(http.Request) is { } chosen && JobIds.IsTenant(chosen) ? chosen : JobIds.DefaultTenant;
        return new Visitor(http.User.Identity?.Name ?? "", tenant, [], MaySubmit: true, MayOperate: true, IsAdmin: true);
    }
}
