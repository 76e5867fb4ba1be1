namespace Ptune.Contracts.Audit;

/// <summary>Whether a chain is whole.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="Start">The oldest row that is kept: what was before was removed by the retention policy.</param>
/// <param name="Rows">How many rows were found whole, from <paramref name="Start"/> on.</param>
/// <param name="Head">The newest row that the chain's grain knows of.</param>
/// <param name="BrokenAt">The first row that is missing, changed or out of place; null: there is none.</param>
/// <param name="Problem">What is wrong with it.</param>
public sealed record AuditVerification(string Chain, long Start, long Rows, long Head, long? BrokenAt = null, string? Problem = null)
{
    public bool IsWhole => BrokenAt is null;
}
