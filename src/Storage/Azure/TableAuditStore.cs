using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Stores;

namespace Ptune.Storage.Azure;

/// <summary>
/// The audit trail in a table of its own: a chain is a partition, a row is an entity under its number, and beside it lies an entity under its key, added by the same transaction. Both are only ever
/// added, so of two writers at one place one is refused.
/// </summary>
internal sealed class TableAuditStore : IAuditStore
{
    // A transaction has at most 100 actions.
    private const int RowsPerRemoval = 50;
    private const int RowsPerRead = 500;

    private readonly TableClient _table;
    private readonly Once _made;

    public TableAuditStore(string connectionString)
    {
        _table = new TableClient(connectionString, AzureStorageNames.AuditTable, AzureRetries.Of(new TableClientOptions()));
        _made = new Once(() => _table.CreateIfNotExistsAsync());
    }

    public Task<IReadOnlyCollection<string>> AppendAsync(string chain, IReadOnlyList<StoredAuditRow> rows, bool follows = false, CancellationToken cancellation = default) => CallAsync<IReadOnlyCollection<string>>(async () =>
    {
        try
        {
            await _table.SubmitTransactionAsync(rows.SelectMany(row => Adding(chain, row)), cancellation);
            return [];
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            var known = new List<string>();
            foreach (var row in rows)
                if ((await _table.GetEntityIfExistsAsync<TableEntity>(chain, KeyOf(row.Key), ["RowKey"], cancellation)).HasValue) known.Add(row.Key);
            return known.Count > 0 ? known : throw new AuditSequenceTakenException(chain, rows[0].Sequence);
        }
    });

    public async Task<StoredAuditRow?> FindAsync(string chain, long sequence, CancellationToken cancellation = default) =>
        await CallAsync(async () => await _table.GetEntityIfExistsAsync<TableEntity>(chain, NumberOf(sequence), cancellationToken: cancellation)) is { HasValue: true } found ? RowOf(found.Value!) : null;

    public async Task<StoredAuditRow?> FindAsync(string chain, string key, CancellationToken cancellation = default)
    {
        var found = await CallAsync(async () => await _table.GetEntityIfExistsAsync<TableEntity>(chain, KeyOf(key), cancellationToken: cancellation));
        return found.HasValue && found.Value!.GetInt64("Sequence") is { } sequence ? await FindAsync(chain, sequence, cancellation) : null;
    }

    public async IAsyncEnumerable<StoredAuditRow> ReadAsync(string chain, long first, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await using var rows = _table.QueryAsync<TableEntity>(Range(chain, first, long.MaxValue), cancellationToken: cancellation).GetAsyncEnumerator(cancellation);
        while (await CallAsync(async () => await rows.MoveNextAsync())) yield return RowOf(rows.Current);
    }

    /// <summary>A table is read upwards only: it is read window by window from the end.</summary>
    public async IAsyncEnumerable<StoredAuditRow> ReadBackAsync(string chain, long last, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        if (last == long.MaxValue) throw new ArgumentOutOfRangeException(nameof(last), "Say the chain's newest row.");
        for (; last >= 1; last -= RowsPerRead)
        {
            var window = await CallAsync(async () =>
                await _table.QueryAsync<TableEntity>(Range(chain, Math.Max(1, last - RowsPerRead + 1), last), cancellationToken: cancellation).ToListAsync(cancellation));
            // Before the oldest row there is nothing, and rows are only ever removed from that end.
            if (window.Count == 0) yield break;
            for (var i = window.Count - 1; i >= 0; i--) yield return RowOf(window[i]);
        }
    }

    public async Task RemoveAsync(string chain, long first, CancellationToken cancellation = default)
    {
        var old = await CallAsync(async () => await _table.QueryAsync<TableEntity>(Range(chain, 0, first - 1), cancellationToken: cancellation).ToListAsync(cancellation));
        foreach (var group in old.Select(RowOf).Chunk(RowsPerRemoval))
        {
            var gone = group.SelectMany(row => new[] { NumberOf(row.Sequence), KeyOf(row.Key) }).Select(key => new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(chain, key)));
            await CallAsync(async () => await _table.SubmitTransactionAsync(gone, cancellation));
        }
    }

    private static IEnumerable<TableTransactionAction> Adding(string chain, StoredAuditRow row) =>
    [
        new(TableTransactionActionType.Add, new TableEntity(chain, NumberOf(row.Sequence)) { ["Key"] = row.Key, ["Digest"] = row.Digest, ["Text"] = row.Text }),
        new(TableTransactionActionType.Add, new TableEntity(chain, KeyOf(row.Key)) { ["Sequence"] = row.Sequence }),
    ];

    private static StoredAuditRow RowOf(TableEntity entity) => new(
        long.Parse(entity.RowKey.AsSpan(1), CultureInfo.InvariantCulture), entity.GetString("Key") ?? "", entity.GetString("Digest") ?? "", entity.GetString("Text") ?? "");

    private static string NumberOf(long sequence) => $"r{sequence.ToString("D19", CultureInfo.InvariantCulture)}";

    private static string KeyOf(string key) => $"k{Digest.Hex(Digest.Of(key))}";

    private static string Range(string chain, long first, long last) =>
        TableClient.CreateQueryFilter($"PartitionKey eq {chain} and RowKey ge {NumberOf(first)} and RowKey le {NumberOf(last)}");

    private async Task<T> CallAsync<T>(Func<Task<T>> call)
    {
        try
        {
            await _made.DoneAsync();
            return await call();
        }
        catch (Exception e) when (AzureFailure.Is(e))
        {
            throw AzureFailure.Of(_table.Uri, e);
        }
    }
}
