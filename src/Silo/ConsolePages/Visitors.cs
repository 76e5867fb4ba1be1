using Ptune.Contracts.Identity;
using Ptune.Silo.Audit;
using Ptune.Silo.Security;
using Ptune.WebConsole.Sources;

namespace Ptune.Silo.ConsolePages;

/// <summary>Who looks at the console: the request's caller. A page that says that nobody is logged in has none.</summary>
internal sealed class Visitors : IVisitors
{
    public Visitor Of(HttpContext http) => http.FindCaller() is { } caller
        ? new Visitor(caller.Name, caller.Tenant, caller.Tenants, caller.Role, http.Stamp())
        : new Visitor("", JobIds.DefaultTenant, [], null, http.Stamp());
}
