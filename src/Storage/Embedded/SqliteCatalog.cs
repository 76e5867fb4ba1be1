using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Stores;
using Ptune.Storage.Serialization;

namespace Ptune.Storage.Embedded;

/// <summary>The catalog in the store's SQLite file.</summary>
internal sealed class SqliteCatalog(SqliteDatabase database) : ICatalog
{
    private const long PermitTaken = -1;

    public async Task<bool> PutAsync(JobRow row, CancellationToken cancellation = default)
    {
        // The others of the group are written all the same, so this is an answer, and no failure of the statement.
        var written = await database.WriteAsync(writer => IsPermitTaken(writer, row) ? PermitTaken : Put(writer, row), cancellation);
        return written == PermitTaken ? throw new PermitTakenException(row.Tenant, row.Pool, row.Permit!.Value) : written > 0;
    }

    public async Task<bool> PutAsync(JobRow row, ArtifactRow artifact, CancellationToken cancellation = default) => await database.WriteAsync(
        writer =>
        {
            Put(writer, artifact);
            return Put(writer, row);
        },
        cancellation) > 0;

    public Task RemoveAsync(JobRow row, CancellationToken cancellation = default) => database.WriteAsync(
        writer => writer.Execute("DELETE FROM jobs WHERE id = $id AND version <= $version", ("id", row.JobId), ("version", row.Version)), cancellation);

    public async Task<JobRow?> FindAsync(string jobId, CancellationToken cancellation = default) => await FirstAsync(
        $"SELECT {SqliteRows.JobColumns} FROM jobs WHERE id = $id", SqliteRows.Job, cancellation, ("id", jobId));

    public IAsyncEnumerable<JobRow> QueryAsync(JobQuery query, CancellationToken cancellation = default)
    {
        var (text, parameters) = SqliteJobQuery.Of(query);
        return ReadAsync(text, SqliteRows.Job, cancellation, parameters);
    }

    public Task ExpectAsync(ExpectedRow expected, CancellationToken cancellation = default) => database.WriteAsync(
        writer => writer.Execute(
            $"""
            INSERT INTO expected ({SqliteRows.ExpectedColumns}) VALUES ($id, $pool, $kind, $version, $noted)
            ON CONFLICT (id) DO UPDATE SET pool = excluded.pool, kind = excluded.kind, version = excluded.version, noted = excluded.noted
            WHERE excluded.version >= expected.version
            """,
            ("id", expected.JobId), ("pool", expected.Pool), ("kind", expected.Kind), ("version", expected.Version), ("noted", expected.At.UtcTicks)),
        cancellation);

    public Task SettleAsync(ExpectedRow expected, CancellationToken cancellation = default) =>
        database.WriteAsync(writer => Settle(writer, expected.JobId, expected.Version), cancellation);

    public IAsyncEnumerable<ExpectedRow> ListExpectedAsync(string? pool, DateTimeOffset until, CancellationToken cancellation = default) => ReadAsync(
        $"SELECT {SqliteRows.ExpectedColumns} FROM expected WHERE noted <= $until AND ($pool IS NULL OR pool = $pool)",
        SqliteRows.Expected, cancellation, ("until", until.UtcTicks), ("pool", pool));

    public Task PutAsync(ArtifactRow row, CancellationToken cancellation = default) => database.WriteAsync(writer => Put(writer, row), cancellation);

    public async Task<ArtifactRow?> FindArtifactAsync(string tenant, string digest, CancellationToken cancellation = default) => await FirstAsync(
        $"SELECT {SqliteRows.ArtifactColumns} FROM artifacts WHERE tenant = $tenant AND digest = $digest",
        SqliteRows.Artifact, cancellation, ("tenant", tenant), ("digest", digest));

    public IAsyncEnumerable<ArtifactRow> ListArtifactsAsync(string? tenant, CancellationToken cancellation = default) => tenant is null
        ? ReadAsync($"SELECT {SqliteRows.ArtifactColumns} FROM artifacts", SqliteRows.Artifact, cancellation)
        : ReadAsync(
            $"SELECT {SqliteRows.ArtifactColumns} FROM artifacts WHERE tenant = $tenant ORDER BY created DESC, digest",
            SqliteRows.Artifact, cancellation, ("tenant", tenant));

    public Task RemoveArtifactAsync(string tenant, string digest, CancellationToken cancellation = default) => database.WriteAsync(
        writer => writer.Execute("DELETE FROM artifacts WHERE tenant = $tenant AND digest = $digest", ("tenant", tenant), ("digest", digest)), cancellation);

    public Task PutAsync(DeviceTimeRow row, CancellationToken cancellation = default) => database.WriteAsync(
        writer => writer.Execute(
            """
            INSERT INTO device_time (tenant, month, job_id, epoch, began, milliseconds)
            VALUES ($tenant, $month, $job, $epoch, $began, $milliseconds) ON CONFLICT DO NOTHING
            """,
            ("tenant", JobIds.Tenant(row.JobId)), ("month", row.Month.DayNumber), ("job", row.JobId), ("epoch", row.Epoch), ("began", row.Began.UtcTicks),
            ("milliseconds", (long)row.Held.TotalMilliseconds)),
        cancellation);

    public async Task<TimeSpan> SumDeviceTimeAsync(string tenant, DateOnly month, CancellationToken cancellation = default)
    {
        const string Text = "SELECT coalesce(sum(milliseconds), 0) FROM device_time WHERE tenant = $tenant AND month = $month";
        await foreach (var sum in ReadAsync(Text, row => row.GetInt64(0), cancellation, ("tenant", tenant), ("month", month.DayNumber))) return TimeSpan.FromMilliseconds(sum);
        return TimeSpan.Zero;
    }

    public Task PutAsync(AliasRow row, CancellationToken cancellation = default) => database.WriteAsync(
        writer => writer.Execute(
            $"""
            INSERT INTO aliases ({SqliteRows.AliasColumns}) VALUES ($tenant, $alias, $digest, $updated, $version)
            ON CONFLICT (tenant, alias) DO UPDATE SET digest = excluded.digest, updated = excluded.updated, version = excluded.version
            WHERE excluded.version > aliases.version
            """,
            ("tenant", row.Tenant), ("alias", row.Alias), ("digest", row.Digest), ("updated", row.Updated.UtcTicks), ("version", row.Version)),
        cancellation);

    public IAsyncEnumerable<AliasRow> ListAliasesAsync(string? tenant, CancellationToken cancellation = default) => ReadAsync(
        $"SELECT {SqliteRows.AliasColumns} FROM aliases WHERE digest <> '' AND ($tenant IS NULL OR tenant = $tenant) ORDER BY alias",
        SqliteRows.Alias, cancellation, ("tenant", tenant));

    private static long Put(SqliteWriter writer, JobRow row)
    {
        Settle(writer, row.JobId, row.Version);
        return writer.Execute(
            """
            INSERT INTO jobs (id, tenant, digits, pool, kind, name, status, priority, created, updated, version, needs, expires, permit)
            VALUES ($id, $tenant, $digits, $pool, $kind, $name, $status, $priority, $created, $updated, $version, $needs, $expires, $permit)
            ON CONFLICT (id) DO UPDATE SET
                pool = excluded.pool, kind = excluded.kind, name = excluded.name, status = excluded.status, priority = excluded.priority,
                created = excluded.created, updated = excluded.updated, version = excluded.version, needs = excluded.needs,
                expires = excluded.expires, permit = excluded.permit
            WHERE excluded.version > jobs.version
            """,
            ("id", row.JobId), ("tenant", row.Tenant), ("digits", JobIds.Digits(row.JobId)), ("pool", row.Pool), ("kind", row.Kind), ("name", row.Name),
            ("status", (int)row.Status), ("priority", row.Priority), ("created", row.Created.UtcTicks), ("updated", row.Updated.UtcTicks),
            ("version", row.Version), ("needs", NeedsText.Write(row)), ("expires", row.Expires?.UtcTicks),
            ("permit", row.Permit));
    }

    private static bool IsPermitTaken(SqliteWriter writer, JobRow row) => row.Permit is { } permit && writer.Scalar(
        """
        SELECT count(*) FROM jobs WHERE tenant = $tenant AND pool = $pool AND permit = $permit AND id <> $id
            AND NOT EXISTS (SELECT 1 FROM jobs WHERE id = $id AND version >= $version)
        """,
        ("tenant", row.Tenant), ("pool", row.Pool), ("permit", permit), ("id", row.JobId), ("version", row.Version)) > 0;

    private static long Settle(SqliteWriter writer, string jobId, long version) =>
        writer.Execute("DELETE FROM expected WHERE id = $id AND version <= $version", ("id", jobId), ("version", version));

    private static long Put(SqliteWriter writer, ArtifactRow row) => writer.Execute(
        $"""
        INSERT INTO artifacts ({SqliteRows.ArtifactColumns})
        VALUES ($tenant, $digest, $kind, $job, $space, $bytes, $created) ON CONFLICT DO NOTHING
        """,
        ("tenant", row.Tenant), ("digest", row.Digest), ("kind", (int)row.Kind), ("job", row.JobId), ("space", row.OutputSpace),
        ("bytes", row.Bytes), ("created", row.Created.UtcTicks));

    private async Task<T?> FirstAsync<T>(
        string text, Func<SqliteDataReader, T> read, CancellationToken cancellation, params (string Name, object? Value)[] parameters)
        where T : class
    {
        await foreach (var row in ReadAsync(text, read, cancellation, parameters)) return row;
        return null;
    }

    private async IAsyncEnumerable<T> ReadAsync<T>(
        string text, Func<SqliteDataReader, T> read, [EnumeratorCancellation] CancellationToken cancellation, params (string Name, object? Value)[] parameters)
    {
        await using var connection = database.Open();
        await using var command = connection.Command(text, parameters);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation)) yield return read(rows);
    }
}
