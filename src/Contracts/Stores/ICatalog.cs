namespace Ptune.Contracts.Stores;

/// <summary>One row per job and one per artifact: pools are rebuilt from it, and listings read it. Beside them, the device time that tenants have used.</summary>
public interface ICatalog
{
    /// <summary>Writes a job's row unless there is one as new (by <see cref="JobRow.Version"/>). The note that it was to come is removed in the same write, where that is possible.</summary>
    /// <returns>False when there is one.</returns>
    /// <exception cref="PermitTakenException">Another job has the row's permit. Nothing was written.</exception>
    Task<bool> PutAsync(JobRow row, CancellationToken cancellation = default);

    /// <summary>Writes both rows of a job that has made an artifact; the job's row never exists without the artifact's.</summary>
    /// <returns>False when the job has a row as new.</returns>
    async Task<bool> PutAsync(JobRow row, ArtifactRow artifact, CancellationToken cancellation = default)
    {
        await PutAsync(artifact, cancellation);
        return await PutAsync(row, cancellation);
    }

    /// <summary>Removes a job's row, unless there is a newer one.</summary>
    Task RemoveAsync(JobRow row, CancellationToken cancellation = default);

    Task<JobRow?> FindAsync(string jobId, CancellationToken cancellation = default);

    /// <summary>Rows by descending time of creation, then by id, unless the query says that their order does not matter.</summary>
    IAsyncEnumerable<JobRow> QueryAsync(JobQuery query, CancellationToken cancellation = default);

    /// <summary>Notes that a job's row is to come, before that state is written. It replaces an older note of the job.</summary>
    Task ExpectAsync(ExpectedRow expected, CancellationToken cancellation = default);

    /// <summary>Removes a note, unless there is one of a later version.</summary>
    Task SettleAsync(ExpectedRow expected, CancellationToken cancellation = default);

    /// <summary>The notes of a pool (null: of all) that were made until then, in any order. There are few: those of submits under way, and those whose silo died.</summary>
    IAsyncEnumerable<ExpectedRow> ListExpectedAsync(string? pool, DateTimeOffset until, CancellationToken cancellation = default);

    /// <summary>Writes an artifact's row; the same digest again changes nothing.</summary>
    Task PutAsync(ArtifactRow row, CancellationToken cancellation = default);

    Task<ArtifactRow?> FindArtifactAsync(string tenant, string digest, CancellationToken cancellation = default);

    /// <summary>Artifacts of a tenant, newest first; null: of all tenants, in any order.</summary>
    IAsyncEnumerable<ArtifactRow> ListArtifactsAsync(string? tenant, CancellationToken cancellation = default);

    /// <summary>Removes an artifact's row; no error when there is none.</summary>
    Task RemoveArtifactAsync(string tenant, string digest, CancellationToken cancellation = default);

    /// <summary>Writes an attempt's device time; what stands stays, so the same row again counts nothing.</summary>
    Task PutAsync(DeviceTimeRow row, CancellationToken cancellation = default);

    /// <summary>The device time of all attempts of a tenant that have ended, in the month that begins with this day.</summary>
    Task<TimeSpan> SumDeviceTimeAsync(string tenant, DateOnly month, CancellationToken cancellation = default);

    /// <summary>Points an alias at a digest unless there is a newer row (by <see cref="AliasRow.Version"/>). A row without a digest removes the alias.</summary>
    Task PutAsync(AliasRow row, CancellationToken cancellation = default);

    /// <summary>The aliases of a tenant, in ordinal order; null: of all tenants, in any order.</summary>
    IAsyncEnumerable<AliasRow> ListAliasesAsync(string? tenant, CancellationToken cancellation = default);
}
