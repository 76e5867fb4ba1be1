using System.Runtime.CompilerServices;
using Ptune.Contracts.Audit;
using Ptune.Contracts.Stores;

namespace Ptune.Silo.Audit;

/// <summary>Reads several chains as one listing, newest first. In a chain no row is older than the one before it, so that a place is found by halving.</summary>
internal sealed class AuditReading(IAuditStore store, AuditChainList chains)
{
    /// <summary>
    /// The changes: as the rows, but the two rows of one change are one, which stands where the change began and has the outcome of the second. A change is then listed once, wherever pages and times cut.
    /// </summary>
    /// <inheritdoc cref="NewestFirstAsync"/>
    public async IAsyncEnumerable<AuditRow> ChangesAsync(string[] names, AuditCursor? after, DateTimeOffset? until, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var ends = new Dictionary<(string Chain, string Key), AuditRow>();
        await foreach (var row in NewestFirstAsync(names, after, until, cancellation))
        {
            // Where the first row was removed since it is old, the second is all that there is.
            if (AuditEntry.BeginOf(row.Key) is { } begin && await store.FindAsync(row.Chain, begin, cancellation) is not null)
            {
                ends[(row.Chain, begin)] = row;
                continue;
            }
            var end = row.Outcome != AuditOutcome.Begun ? null : ends.Remove((row.Chain, row.Key), out var known) ? known : await EndAsync(row, cancellation);
            yield return end is null ? row : row with { Outcome = end.Outcome, After = end.After };
        }
    }

    private async Task<AuditRow?> EndAsync(AuditRow begun, CancellationToken cancellation) =>
        await store.FindAsync(begun.Chain, AuditEntry.EndOf(begun.Key), cancellation) is { } stored ? AuditVerifying.TryRead(stored) : null;

    /// <summary>The rows by descending time of writing, then by chain, then by descending number.</summary>
    /// <param name="names">The chains.</param>
    /// <param name="after">The row before the first; null: from the newest on.</param>
    /// <param name="until">No newer rows; null: all.</param>
    /// <param name="cancellation">Stops.</param>
    public async IAsyncEnumerable<AuditRow> NewestFirstAsync(string[] names, AuditCursor? after, DateTimeOffset? until, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var sources = new List<IAsyncEnumerator<StoredAuditRow>>();
        try
        {
            var next = new PriorityQueue<(AuditRow Row, IAsyncEnumerator<StoredAuditRow> Source), (long, string)>();
            foreach (var name in names)
            {
                var last = await LastAsync(name, after, until, cancellation);
                var source = store.ReadBackAsync(name, last, cancellation).GetAsyncEnumerator(cancellation);
                sources.Add(source);
                await EnqueueAsync(next, source);
            }
            while (next.TryDequeue(out var first, out _))
            {
                yield return first.Row;
                await EnqueueAsync(next, first.Source);
            }
        }
        finally
        {
            foreach (var source in sources) await source.DisposeAsync();
        }
    }

    private static async Task EnqueueAsync(PriorityQueue<(AuditRow, IAsyncEnumerator<StoredAuditRow>), (long, string)> next, IAsyncEnumerator<StoredAuditRow> source)
    {
        while (await source.MoveNextAsync())
        {
            // A row that is no row is for the verification to report.
            if (AuditVerifying.TryRead(source.Current) is not { } row) continue;
            next.Enqueue((row, source), (-row.Written.UtcTicks, row.Chain));
            return;
        }
    }

    private async Task<long> LastAsync(string chain, AuditCursor? after, DateTimeOffset? until, CancellationToken cancellation)
    {
        if (after?.Chain == chain) return after.Sequence - 1;
        var head = await chains.HeadAsync(chain);
        if (after is null && until is null) return head.Sequence;
        // Rows written at the cursor's moment stand before it where their chain comes first.
        var isStrict = after is not null && string.CompareOrdinal(chain, after.Chain) < 0;
        var limit = after?.Written ?? until!.Value;
        var (low, high) = (head.Start - 1, head.Sequence);
        while (low < high)
        {
            var middle = low + ((high - low + 1) / 2);
            var row = await store.FindAsync(chain, middle, cancellation) is { } stored ? AuditVerifying.TryRead(stored) : null;
            if (row is not null && (isStrict ? row.Written < limit : row.Written <= limit)) low = middle;
            else high = middle - 1;
        }
        return low;
    }
}
