namespace Ptune.Contracts.Stores;

/// <summary>The rows of the audit trail, in chains. Rows are added and, when they are old, removed; none is changed.</summary>
public interface IAuditStore
{
    /// <summary>The most rows of one <see cref="AppendAsync"/>.</summary>
    const int LargestGroup = 40;

    /// <summary>How many <see cref="AppendAsync"/> of a chain may be under way. More than one only where the store takes them in the order in which they were begun.</summary>
    int AtOnce => 1;

    /// <summary>Adds rows in one write: all of them, or none when a key is there already.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="rows">The rows, one after the other.</param>
    /// <param name="follows">The row before is being written just now: where that fails, these are not added.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>The keys that are there already; empty when the rows were added.</returns>
    /// <exception cref="AuditSequenceTakenException">Another writer has added to the chain, or the row before is not there. Nothing was added.</exception>
    /// <exception cref="IOException">The store failed; the rows may have been added all the same.</exception>
    Task<IReadOnlyCollection<string>> AppendAsync(string chain, IReadOnlyList<StoredAuditRow> rows, bool follows = false, CancellationToken cancellation = default);

    Task<StoredAuditRow?> FindAsync(string chain, long sequence, CancellationToken cancellation = default);

    /// <summary>The row with this key; null: there is none.</summary>
    Task<StoredAuditRow?> FindAsync(string chain, string key, CancellationToken cancellation = default);

    /// <summary>Rows from <paramref name="first"/> on, in ascending order.</summary>
    IAsyncEnumerable<StoredAuditRow> ReadAsync(string chain, long first, CancellationToken cancellation = default);

    /// <summary>Rows from <paramref name="last"/> down, in descending order.</summary>
    IAsyncEnumerable<StoredAuditRow> ReadBackAsync(string chain, long last, CancellationToken cancellation = default);

    /// <summary>Removes the rows before <paramref name="first"/>.</summary>
    Task RemoveAsync(string chain, long first, CancellationToken cancellation = default);
}
