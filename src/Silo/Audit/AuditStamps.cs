using Ptune.Contracts.Audit;
using Ptune.Silo.Security;

namespace Ptune.Silo.Audit;

/// <summary>Who sends a request, as the audit trail names them.</summary>
internal static class AuditStamps
{
    private const string Nobody = "nobody";

    public static AuditStamp Stamp(this HttpContext http) => http.FindCaller() is { } caller
        ? AuditStamp.Of(caller)
        : new AuditStamp(http.User.Identity?.Name ?? Nobody, null, null, http.Connection.RemoteIpAddress?.ToString(), http.TraceIdentifier);
}
