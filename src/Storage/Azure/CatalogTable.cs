using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;

namespace Ptune.Storage.Azure;

/// <summary>The catalog's table: made on first use, its failures reported in one way.</summary>
internal sealed class CatalogTable
{
    private const int MaxTries = 64;

    private readonly TableClient _table;
    private readonly Once _made;
    private readonly int? _rowsPerPage;

    /// <param name="connectionString">The account.</param>
    /// <param name="rowsPerPage">Rows of one answer of the service. Default: its own choice, 1,000.</param>
    public CatalogTable(string connectionString, int? rowsPerPage = null)
    {
        _rowsPerPage = rowsPerPage;
        _table = new TableClient(connectionString, AzureStorageNames.CatalogTable, AzureRetries.Of(new TableClientOptions()));
        _made = new Once(() => _table.CreateIfNotExistsAsync());
    }

    public async Task<TableEntity?> FindAsync(string partition, string key, CancellationToken cancellation)
    {
        try
        {
            await _made.DoneAsync();
            var found = await _table.GetEntityIfExistsAsync<TableEntity>(partition, key, cancellationToken: cancellation);
            return found.HasValue ? found.Value : null;
        }
        catch (Exception e) when (AzureFailure.Is(e))
        {
            throw AzureFailure.Of(_table.Uri, e);
        }
    }

    public async IAsyncEnumerable<TableEntity> ListAsync(string filter, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var rows = _table.QueryAsync<TableEntity>(filter, _rowsPerPage, cancellationToken: cancellation).GetAsyncEnumerator(cancellation);
        while (await MoveNextAsync(rows)) yield return rows.Current;
    }

    /// <summary>
    /// Looks at what stands, and changes the partition by one transaction that holds only if that still stands; else looks again.
    /// </summary>
    /// <param name="partition">The tenant.</param>
    /// <param name="key">The row that guards the others: the transaction must add it, or replace it under its ETag, by its first action.</param>
    /// <param name="decide">From the row that stands, or null: what to change; empty when all is well.</param>
    /// <param name="cancellation">Stops before the next try.</param>
    /// <param name="cached">What probably stands; when that is so, nobody has to look.</param>
    /// <param name="refused">Called when the account has refused a transaction, before the next look: what else is to be looked at.</param>
    /// <returns>Whether something was changed, and the guarding row as it stands now.</returns>
    /// <exception cref="IOException">The account failed, or others changed the row under every try.</exception>
    public async Task<(bool IsChanged, TableEntity? Row)> ChangeAsync(
        string partition, string key, Func<TableEntity?, TableTransactionAction[]> decide, CancellationToken cancellation, CachedRow? cached = null, Func<Task>? refused = null)
    {
        for (var tries = 1; ; tries++)
        {
            var standing = cached is { } known ? known.Row : await FindAsync(partition, key, cancellation);
            var changes = decide(standing);
            if (changes.Length == 0 && cached is null) return (false, standing);
            try
            {
                if (changes.Length > 0) return (true, await SubmitAsync(changes, cancellation));
            }
            // 409: another added the row; 412: another changed it; 404: another took away a row that hangs on it.
            catch (RequestFailedException e) when (e.Status is 404 or 409 or 412 && tries < MaxTries)
            {
            }
            catch (Exception e) when (AzureFailure.Is(e))
            {
                throw AzureFailure.Of(_table.Uri, e);
            }
            cached = null;
            if (refused is not null) await refused();
        }
    }

    /// <summary>Changes the partition by one transaction; false, and nothing changed, when what it relies on does not stand.</summary>
    /// <exception cref="IOException">The account failed.</exception>
    public async Task<bool> TryChangeAsync(TableTransactionAction[] changes, CancellationToken cancellation)
    {
        try
        {
            await SubmitAsync(changes, cancellation);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 404 or 409 or 412)
        {
            return false;
        }
        catch (Exception e) when (AzureFailure.Is(e))
        {
            throw AzureFailure.Of(_table.Uri, e);
        }
    }

    private async Task<TableEntity?> SubmitAsync(TableTransactionAction[] changes, CancellationToken cancellation)
    {
        await _made.DoneAsync();
        var answers = await _table.SubmitTransactionAsync(changes, cancellation);
        if (changes[0].ActionType == TableTransactionActionType.Delete || changes[0].Entity is not TableEntity row) return null;
        row.ETag = answers.Value[0].Headers.ETag ?? default;
        return row;
    }

    private async Task<bool> MoveNextAsync(IAsyncEnumerator<TableEntity> rows)
    {
        try
        {
            await _made.DoneAsync();
            return await rows.MoveNextAsync();
        }
        catch (Exception e) when (AzureFailure.Is(e))
        {
            throw AzureFailure.Of(_table.Uri, e);
        }
    }
}
