using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Stores;

namespace Ptune.Storage.Azure;

/// <summary>The notes of rows that are to come. They lie in the tenant's partition, so that the row's own transaction strikes its note off.</summary>
internal sealed partial class TableCatalog
{
    private readonly KnownEntities _notes = new();

    public async Task ExpectAsync(ExpectedRow expected, CancellationToken cancellation = default)
    {
        var tenant = JobIds.Tenant(expected.JobId);
        await KnowTenantAsync(tenant, cancellation);
        var (_, note) = await table.ChangeAsync(tenant, CatalogKeys.Expected(expected.JobId), standing => Expecting(expected, standing), cancellation, new CachedRow(null));
        _notes.Remember(expected.JobId, note);
    }

    public Task SettleAsync(ExpectedRow expected, CancellationToken cancellation = default) => table.ChangeAsync(
        JobIds.Tenant(expected.JobId),
        CatalogKeys.Expected(expected.JobId),
        standing => standing is not null && CatalogEntities.Expected(standing).Version <= expected.Version ? [new(TableTransactionActionType.Delete, standing, standing.ETag)] : [],
        cancellation);

    public async IAsyncEnumerable<ExpectedRow> ListExpectedAsync(string? pool, DateTimeOffset until, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var filter = TableClient.CreateQueryFilter($"Noted le {until.UtcTicks}");
        if (pool is not null) filter += " and " + TableClient.CreateQueryFilter($"Pool eq {pool}");
        foreach (var tenant in await ListTenantsAsync(cancellation))
        {
            await foreach (var note in table.ListAsync($"{CatalogQuery.Range(tenant, CatalogKeys.ExpectedById)} and {filter}", cancellation))
                yield return CatalogEntities.Expected(note);
        }
    }

    private static TableTransactionAction[] Expecting(ExpectedRow expected, TableEntity? standing)
    {
        if (standing is null) return [new(TableTransactionActionType.Add, CatalogEntities.Of(expected))];
        return expected.Version >= CatalogEntities.Expected(standing).Version
            ? [new(TableTransactionActionType.UpdateReplace, CatalogEntities.Of(expected), standing.ETag)]
            : [];
    }

    /// <summary>
    /// Adds to the first try of a row's transaction that its note goes. Another silo may have written the note anew, or struck it off: the second try leaves it,
    /// and the pool's sweep finds it.
    /// </summary>
    private Func<TableEntity?, TableTransactionAction[]> Settling(JobRow row, Func<TableEntity?, TableTransactionAction[]> decide)
    {
        var note = _notes.Forget(row.JobId);
        return standing =>
        {
            var changes = decide(standing);
            if (changes.Length == 0 || note is null || CatalogEntities.Expected(note).Version > row.Version) return changes;
            changes = [.. changes, new(TableTransactionActionType.Delete, note, note.ETag)];
            note = null;
            return changes;
        };
    }
}
