using Microsoft.Data.Sqlite;

namespace Ptune.Storage.Embedded;

/// <summary>The tables of an embedded store, and the version that they are of.</summary>
internal static class SqliteSchema
{
    /// <summary>Raise it with every change of the tables, and add the step from the version before.</summary>
    public const long Version = 8;

    /// <summary>"PTUN": tells a store from another program's SQLite file.</summary>
    private const long ApplicationId = 0x5054554E;

    private const string Tables = """
        CREATE TABLE grain_states (
            grain TEXT NOT NULL, name TEXT NOT NULL, etag INTEGER NOT NULL, json BLOB,
            PRIMARY KEY (grain, name)) WITHOUT ROWID;
        CREATE TABLE jobs (
            id TEXT NOT NULL PRIMARY KEY, tenant TEXT NOT NULL, digits TEXT NOT NULL, pool TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,
            status INTEGER NOT NULL, priority INTEGER NOT NULL, created INTEGER NOT NULL, updated INTEGER NOT NULL, version INTEGER NOT NULL,
            needs TEXT, expires INTEGER, permit INTEGER) WITHOUT ROWID;
        CREATE INDEX jobs_by_creation ON jobs (created DESC, id);
        CREATE INDEX jobs_by_tenant ON jobs (tenant, created DESC, id);
        CREATE INDEX jobs_by_status ON jobs (tenant, status, created DESC, id);
        CREATE INDEX jobs_by_kind ON jobs (tenant, kind, created DESC, id);
        CREATE INDEX jobs_by_success ON jobs (tenant, kind, created DESC, id) WHERE status = 5;
        CREATE INDEX jobs_by_pool ON jobs (pool, status);
        CREATE INDEX jobs_by_digits ON jobs (digits);
        CREATE INDEX jobs_by_expiry ON jobs (expires) WHERE expires IS NOT NULL;
        CREATE UNIQUE INDEX jobs_by_permit ON jobs (tenant, pool, permit) WHERE permit IS NOT NULL;
        CREATE TABLE expected (
            id TEXT NOT NULL PRIMARY KEY, pool TEXT NOT NULL, kind TEXT NOT NULL, version INTEGER NOT NULL, noted INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE artifacts (
            tenant TEXT NOT NULL, digest TEXT NOT NULL, kind INTEGER NOT NULL, job_id TEXT NOT NULL, output_space TEXT,
            bytes INTEGER NOT NULL, created INTEGER NOT NULL,
            PRIMARY KEY (tenant, digest)) WITHOUT ROWID;
        CREATE INDEX artifacts_by_creation ON artifacts (tenant, created DESC, digest);
        CREATE TABLE aliases (
            tenant TEXT NOT NULL, alias TEXT NOT NULL, digest TEXT NOT NULL, updated INTEGER NOT NULL, version INTEGER NOT NULL,
            PRIMARY KEY (tenant, alias)) WITHOUT ROWID;
        CREATE TABLE audit (
            chain TEXT NOT NULL, sequence INTEGER NOT NULL, key TEXT NOT NULL, digest TEXT NOT NULL, text TEXT NOT NULL,
            PRIMARY KEY (chain, sequence)) WITHOUT ROWID;
        CREATE UNIQUE INDEX audit_by_key ON audit (chain, key);
        CREATE TABLE device_time (
            tenant TEXT NOT NULL, month INTEGER NOT NULL, job_id TEXT NOT NULL, epoch INTEGER NOT NULL, began INTEGER NOT NULL, milliseconds INTEGER NOT NULL,
            PRIMARY KEY (tenant, month, job_id, epoch, began)) WITHOUT ROWID;
        """;

    /// <summary>From each version to the next, the first from 1 to 2.</summary>
    private static readonly string[] Steps =
    [
        "ALTER TABLE jobs ADD COLUMN needs TEXT;",
        "ALTER TABLE jobs ADD COLUMN expires INTEGER; CREATE INDEX jobs_by_expiry ON jobs (expires) WHERE expires IS NOT NULL;",
        """
        CREATE TABLE expected (
            id TEXT NOT NULL PRIMARY KEY, pool TEXT NOT NULL, kind TEXT NOT NULL, version INTEGER NOT NULL, noted INTEGER NOT NULL) WITHOUT ROWID;
        """,
        "ALTER TABLE jobs ADD COLUMN permit INTEGER; CREATE UNIQUE INDEX jobs_by_permit ON jobs (tenant, pool, permit) WHERE permit IS NOT NULL;",
        """
        CREATE TABLE audit (
            chain TEXT NOT NULL, sequence INTEGER NOT NULL, key TEXT NOT NULL, digest TEXT NOT NULL, text TEXT NOT NULL,
            PRIMARY KEY (chain, sequence)) WITHOUT ROWID;
        CREATE UNIQUE INDEX audit_by_key ON audit (chain, key);
        CREATE INDEX jobs_by_status ON jobs (tenant, status, created DESC, id);
        CREATE INDEX jobs_by_kind ON jobs (tenant, kind, created DESC, id);
        """,
        """
        CREATE TABLE device_time (
            tenant TEXT NOT NULL, month INTEGER NOT NULL, job_id TEXT NOT NULL, epoch INTEGER NOT NULL, began INTEGER NOT NULL, milliseconds INTEGER NOT NULL,
            PRIMARY KEY (tenant, month, job_id, epoch, began)) WITHOUT ROWID;
        """,
        "CREATE INDEX jobs_by_success ON jobs (tenant, kind, created DESC, id) WHERE status = 5;",
    ];

    /// <summary>Makes the tables in a new file, brings those of an earlier version up to this one, and refuses one that this version does not know.</summary>
    /// <exception cref="StoreVersionException">A later version wrote it, or it is no store.</exception>
    public static void Prepare(SqliteConnection connection, string file)
    {
        connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 67108864;");
        var version = connection.Scalar("PRAGMA user_version");
        var application = connection.Scalar("PRAGMA application_id");
        if (application == ApplicationId && version > Version)
        {
            throw new StoreVersionException(
                $"'{file}' has schema version {version}, but this program supports up to {Version}. Use the newer program, or another folder.");
        }
        if (application == ApplicationId)
        {
            for (; version < Version; version++) Raise(connection, version);
            return;
        }
        if (application != 0 || version != 0 || connection.Scalar("SELECT count(*) FROM sqlite_schema") != 0)
            throw new StoreVersionException($"'{file}' is not a store of this program. Use another folder.");
        using var transaction = connection.BeginTransaction(deferred: false);
        connection.Execute($"{Tables} PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version};");
        transaction.Commit();
    }
    private static void Raise(SqliteConnection connection, long version)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        connection.Execute($"{Steps[version - 1]} PRAGMA user_version = {version + 1};");
        transaction.Commit();
    }
}
