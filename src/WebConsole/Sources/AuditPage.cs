using Ptune.Contracts.Audit;

namespace Ptune.WebConsole.Sources;

/// <summary>A page of the audit trail.</summary>
/// <param name="Next">Where the next page begins; null: this is the last.</param>
/// <param name="Refusal">Why there are no rows; null: nothing speaks against it.</param>
public sealed record AuditPage(AuditRow[] Rows, string? Next, string? Refusal);
