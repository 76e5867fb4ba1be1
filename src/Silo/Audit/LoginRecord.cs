using Ptune.Contracts.Audit;
using Ptune.Contracts.Identity;
using Ptune.Silo.Security;

namespace Ptune.Silo.Audit;

/// <summary>A login is a row of the audit trail: in the chain of the caller's tenant, whose operators see it, or in the system's where the caller has several.</summary>
internal sealed class LoginRecord(AuditLog audit) : ILoginRecord
{
    public Task AcceptAsync(HttpContext http, string name, string? keyId, IReadOnlyCollection<Grant> grants, string way)
    {
        var by = new AuditStamp(name, keyId, grants.Max(grant => grant.Role).Word(), http.Connection.RemoteIpAddress?.ToString(), http.TraceIdentifier);
        var entry = audit.Entry(by, AuditActions.LoginAccepted, "console", before: null, $"{string.Join(", ", grants.Select(grant => $"{grant.Role.Word()} of {(grant.Tenant == Grant.All ? "all tenants" : grant.Tenant)}"))}, {way}") with { Outcome = AuditOutcome.Done };
        return audit.WriteAsync(grants.Select(grant => grant.Tenant).Distinct().ToArray() is [var tenant] ? AuditChains.OfTenant(tenant) : AuditChains.System, entry);
    }
}
