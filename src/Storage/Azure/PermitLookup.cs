using Azure.Data.Tables;
using Ptune.Contracts.Stores;

namespace Ptune.Storage.Azure;

/// <summary>Who has the permit that a row is to take.</summary>
/// <param name="Left">
/// The permit's row, where its holder has it no more by its own row: a version of this program that knows no permits wrote that one. Anybody may take it.
/// </param>
/// <param name="IsTaken">Another job has it.</param>
internal readonly record struct PermitLookup(TableEntity? Left, bool IsTaken)
{
    /// <summary>The changes, unless they cannot succeed.</summary>
    /// <exception cref="PermitTakenException">They would take another job's permit.</exception>
    public TableTransactionAction[] Allow(JobRow row, TableTransactionAction[] changes) =>
        IsTaken && changes.Length > 0 ? throw new PermitTakenException(row.Tenant, row.Pool, row.Permit!.Value) : changes;
}
