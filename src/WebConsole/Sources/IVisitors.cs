using Ptune.Contracts.Audit;

namespace Ptune.WebConsole.Sources;

/// <summary>Says who looks at a page.</summary>
public interface IVisitors
{
    Visitor Of(HttpContext http);

    /// <summary>The same for the audit trail.</summary>
    AuditStamp StampOf(HttpContext http);
}
