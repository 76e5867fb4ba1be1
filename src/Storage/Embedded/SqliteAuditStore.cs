using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Ptune.Contracts.Stores;

namespace Ptune.Storage.Embedded;

/// <summary>The audit trail in the store's SQLite file. Its rows join the group that the writer commits anyway.</summary>
internal sealed class SqliteAuditStore(SqliteDatabase database) : IAuditStore
{
    private const int RowsPerRead = 500;
    private const long Taken = -1;

    /// <summary>The writer takes them in their order. With several under way, rows join the commit that is just being gathered, and not the one after it.</summary>
    public int AtOnce => 4;

    public async Task<IReadOnlyCollection<string>> AppendAsync(string chain, IReadOnlyList<StoredAuditRow> rows, bool follows = false, CancellationToken cancellation = default)
    {
        var known = new List<string>();
        var added = await database.WriteAsync(writer => Append(writer, chain, rows, follows, known), cancellation);
        return added == Taken ? throw new AuditSequenceTakenException(chain, rows[0].Sequence) : known;
    }

    public Task<StoredAuditRow?> FindAsync(string chain, long sequence, CancellationToken cancellation = default) =>
        Task.FromResult(ReadPage(chain, sequence, isDescending: false, limit: 1) is [var row] && row.Sequence == sequence ? row : null);

    public Task<StoredAuditRow?> FindAsync(string chain, string key, CancellationToken cancellation = default)
    {
        using var connection = database.Open();
        using var command = connection.Command("SELECT sequence, key, digest, text FROM audit WHERE chain = $chain AND key = $key", ("chain", chain), ("key", key));
        return Task.FromResult(Read(command) is [var row] ? row : null);
    }

    public IAsyncEnumerable<StoredAuditRow> ReadAsync(string chain, long first, CancellationToken cancellation = default) =>
        PagesAsync(chain, first, isDescending: false, cancellation);

    public IAsyncEnumerable<StoredAuditRow> ReadBackAsync(string chain, long last, CancellationToken cancellation = default) =>
        PagesAsync(chain, last, isDescending: true, cancellation);

    public Task RemoveAsync(string chain, long first, CancellationToken cancellation = default) => database.WriteAsync(
        writer => writer.Execute("DELETE FROM audit WHERE chain = $chain AND sequence < $first", ("chain", chain), ("first", first)), cancellation);

    /// <summary>The others of the group are written all the same, so what stands in the way is an answer, and no failure of the statement.</summary>
    private static long Append(SqliteWriter writer, string chain, IReadOnlyList<StoredAuditRow> rows, bool follows, List<string> known)
    {
        if (follows && writer.Scalar("SELECT EXISTS (SELECT 1 FROM audit WHERE chain = $chain AND sequence = $before)", ("chain", chain), ("before", rows[0].Sequence - 1)) == 0) return Taken;
        var inserted = 0;
        while (inserted < rows.Count && Insert(writer, chain, rows[inserted])) inserted++;
        if (inserted == rows.Count) return inserted;
        // A place is taken, or a key. The group's own rows are taken out again.
        if (inserted > 0)
        {
            writer.Execute("DELETE FROM audit WHERE chain = $chain AND sequence BETWEEN $first AND $last", ("chain", chain), ("first", rows[0].Sequence), ("last", rows[inserted - 1].Sequence));
        }
        // Rows that were written a moment ago, and whose answer was lost, have both: the keys count.
        known.AddRange(rows.Select(row => row.Key).Where(key => writer.Scalar("SELECT EXISTS (SELECT 1 FROM audit WHERE chain = $chain AND key = $key)", ("chain", chain), ("key", key)) > 0));
        return known.Count > 0 ? 0 : Taken;
    }

    private static bool Insert(SqliteWriter writer, string chain, StoredAuditRow row) => writer.Execute(
        "INSERT INTO audit (chain, sequence, key, digest, text) VALUES ($chain, $sequence, $key, $digest, $text) ON CONFLICT DO NOTHING",
        ("chain", chain), ("sequence", row.Sequence), ("key", row.Key), ("digest", row.Digest), ("text", row.Text)) == 1;

    /// <summary>A page at a time: no reader keeps the write-ahead log from being emptied while its caller is slow.</summary>
    private async IAsyncEnumerable<StoredAuditRow> PagesAsync(string chain, long from, bool isDescending, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var page = ReadPage(chain, from, isDescending, RowsPerRead);
            foreach (var row in page) yield return row;
            if (page.Count < RowsPerRead) yield break;
            from = page[^1].Sequence + (isDescending ? -1 : 1);
        }
    }

    private List<StoredAuditRow> ReadPage(string chain, long from, bool isDescending, int limit)
    {
        using var connection = database.Open();
        using var command = isDescending
            ? connection.Command("SELECT sequence, key, digest, text FROM audit WHERE chain = $chain AND sequence <= $from ORDER BY sequence DESC LIMIT $limit", ("chain", chain), ("from", from), ("limit", limit))
            : connection.Command("SELECT sequence, key, digest, text FROM audit WHERE chain = $chain AND sequence >= $from ORDER BY sequence LIMIT $limit", ("chain", chain), ("from", from), ("limit", limit));
        return Read(command);
    }

    private static List<StoredAuditRow> Read(SqliteCommand command)
    {
        using var reader = command.ExecuteReader();
        var page = new List<StoredAuditRow>();
        while (reader.Read()) page.Add(new(reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetString(3)));
        return page;
    }
}
