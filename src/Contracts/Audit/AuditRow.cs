namespace Ptune.Contracts.Audit;

/// <summary>A row of the audit trail.</summary>
/// <param name="Chain">The tenant, or <see cref="AuditChains.System"/>.</param>
/// <param name="Sequence">1 is a chain's first row; none is left out.</param>
/// <param name="Previous">The digest of the row before; empty for the first.</param>
/// <param name="Written">When the row was written; never earlier than the row before.</param>
/// <param name="Key">The key of its <see cref="AuditEntry"/>.</param>
/// <param name="At">When it was decided.</param>
/// <param name="Who">The caller's name.</param>
/// <param name="KeyId">The key that the caller used.</param>
/// <param name="Role">The caller's role.</param>
/// <param name="From">The address that the request came from.</param>
/// <param name="RequestId">The request's id.</param>
/// <param name="What">One of <see cref="AuditActions"/>.</param>
/// <param name="Target">What it was done to.</param>
/// <param name="Before">How the target stood before.</param>
/// <param name="After">How it stands after.</param>
/// <param name="Outcome">What became of the request.</param>
/// <param name="Count">How many equal requests the row stands for.</param>
public sealed record AuditRow(
    string Chain, long Sequence, string Previous, DateTimeOffset Written, string Key, DateTimeOffset At, string Who, string? KeyId, string? Role, string? From, string RequestId,
    string What, string Target, string? Before, string? After, AuditOutcome Outcome, int Count)
{
    public static AuditRow Of(string chain, long sequence, string previous, DateTimeOffset written, AuditEntry entry) => new(
        chain, sequence, previous, written, entry.Key, entry.At, entry.By.Who, entry.By.KeyId, entry.By.Role, entry.By.From, entry.By.RequestId,
        entry.What, entry.Target, entry.Before, entry.After, entry.Outcome, entry.Count);
}
