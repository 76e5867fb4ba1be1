using Ptune.Contracts.Audit;

namespace Ptune.WebConsole.Sources;

/// <summary>The audit trail, as far as the visitor may see it.</summary>
public interface IAuditSource
{
    /// <summary>Rows, newest first.</summary>
    Task<AuditPage> ReadAsync(HttpContext http, AuditFilter filter, int limit);

    /// <summary>Whether each chain is whole. It reads all of them.</summary>
    Task<AuditVerification[]> VerifyAsync(HttpContext http);
}
