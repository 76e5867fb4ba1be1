namespace Ptune.Silo.Configuration;

/// <summary>The audit trail.</summary>
internal sealed class AuditOptions
{
    /// <summary>
    /// How long rows are kept, as DAYS.HOURS:MINUTES:SECONDS or HOURS:MINUTES:SECONDS. Default: for ever. What is removed leaves a row that says so, and the rest still verifies.
    /// </summary>
    public TimeSpan? Retention { get; set; }
}
