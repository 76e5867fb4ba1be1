using Ptune.Contracts.Audit;
using Ptune.Contracts.Identity;

namespace Ptune.WebConsole.Sources;

/// <summary>Who looks at a page, and what it may do there. The pages show what it may do; that it does nothing else is up to each route's policy.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Tenant">Whose things are shown.</param>
/// <param name="Tenants">The tenants that it may choose among; null: all.</param>
/// <param name="Role">Its role in the tenant; null: nobody is logged in.</param>
/// <param name="Stamp">What the audit trail says of it.</param>
public sealed record Visitor(string Name, string Tenant, string[]? Tenants, Role? Role, AuditStamp Stamp)
{
    public bool MaySubmit => Role >= Contracts.Identity.Role.Submitter;

    public bool MayOperate => Role >= Contracts.Identity.Role.Operator;

    public bool IsAdmin => Role >= Contracts.Identity.Role.Admin;
}
