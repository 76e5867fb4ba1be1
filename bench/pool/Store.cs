using System.Text.Json;
using Microsoft.Data.Sqlite;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Storage.Embedded;

namespace Ptune.Pool.Bench;

/// <summary>An embedded store whose catalog has a row for each queued job, written in one transaction.</summary>
internal static class Store
{
    public static async Task FillAsync(string folder, int jobs, int tenants)
    {
        await using (new EmbeddedStore(folder))
        {
            // It makes the tables.
        }
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "store.db")};Pooling=false");
        await connection.OpenAsync();
        await using var transaction = connection.BeginTransaction();
        await using var insert = connection.CreateCommand();
        insert.CommandText = """
            INSERT INTO jobs (id, tenant, digits, pool, kind, name, status, priority, created, updated, version, needs)
            VALUES ($id, $tenant, $digits, 'default', 'NoOp', 'NoOp', $status, $priority, $created, $created, 3, $needs)
            """;
        foreach (var name in new[] { "id", "tenant", "digits", "status", "priority", "created", "needs" }) insert.Parameters.Add(new SqliteParameter("$" + name, null));
        foreach (var job in Jobs.Of(jobs, tenants))
        {
            object?[] values =
            [
                job.JobId, job.Tenant, JobIds.Digits(job.JobId), (int)JobStatus.Queued, job.Priority, job.Created.UtcTicks,
                job.Needs is null ? DBNull.Value : JsonSerializer.Serialize(job.Needs, SpecJson.Options),
            ];
            for (var i = 0; i < values.Length; i++) insert.Parameters[i].Value = values[i];
            await insert.ExecuteNonQueryAsync();
        }
        await transaction.CommitAsync();
    }
}
