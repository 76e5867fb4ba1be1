using Microsoft.Data.Sqlite;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Stores;
using Ptune.Storage.Serialization;

namespace Ptune.Storage.Embedded;

/// <summary>The catalog's rows as SQLite keeps them: times as ticks of UTC, enums as their numbers.</summary>
internal static class SqliteRows
{
    public const string JobColumns = "id, tenant, pool, kind, name, status, priority, created, updated, version, needs, expires, permit";
    public const string ArtifactColumns = "tenant, digest, kind, job_id, output_space, bytes, created";
    public const string AliasColumns = "tenant, alias, digest, updated, version";

    public const string ExpectedColumns = "id, pool, kind, version, noted";

    public static JobRow Job(SqliteDataReader row)
    {
        var (needs, memory, seconds) = NeedsText.Read(row.IsDBNull(10) ? null : row.GetString(10));
        return new(
            row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), (JobStatus)row.GetInt32(5), row.GetInt32(6),
            Time(row.GetInt64(7)), Time(row.GetInt64(8)), row.GetInt64(9), needs,
            row.IsDBNull(11) ? null : Time(row.GetInt64(11)), row.IsDBNull(12) ? null : row.GetInt32(12), memory, seconds);
    }

    public static ArtifactRow Artifact(SqliteDataReader row) => new(
        row.GetString(0), row.GetString(1), (ArtifactKind)row.GetInt32(2), row.GetString(3), row.IsDBNull(4) ? null : row.GetString(4),
        row.GetInt64(5), Time(row.GetInt64(6)));

    public static AliasRow Alias(SqliteDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.GetString(2), Time(row.GetInt64(3)), row.GetInt64(4));

    public static ExpectedRow Expected(SqliteDataReader row) => new(row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt64(3), Time(row.GetInt64(4)));

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);
}
