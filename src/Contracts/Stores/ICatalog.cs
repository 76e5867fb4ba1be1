namespace Ptune.Contracts.Stores;

/// <summary>One row a job and one an artifact: what pools are rebuilt from and what listings answer.</summary>
public interface ICatalog
{
    /// <summary>Writes a job's row unless one as new (by <see cref="JobRow.Version"/>) stands. With it goes the note that it was to come, where that can be done in the same write.</summary>
    /// <returns>False when one stands.</returns>
    /// <exception cref="PermitTakenException">Another job has the row's permit. Nothing was written.</exception>
    Task<bool> PutAsync(JobRow row, CancellationToken cancellation = default);

    /// <summary>Writes both rows of a job that has made an artifact; the job's never stands without the artifact's.</summary>
    /// <returns>False when as new a row of the job stands.</returns>
    async Task<bool> PutAsync(JobRow row, ArtifactRow artifact, CancellationToken cancellation = default)
    {
        await PutAsync(artifact, cancellation);
        return await PutAsync(row, cancellation);
    }

    /// <summary>Removes a job's row, unless one stands that is newer than this.</summary>
    Task RemoveAsync(JobRow row, CancellationToken cancellation = default);

    Task<JobRow?> FindAsync(string jobId, CancellationToken cancellation = default);

    /// <summary>Rows by descending time of creation, then by id, unless the query says that their order does not matter.</summary>
    IAsyncEnumerable<JobRow> QueryAsync(JobQuery query, CancellationToken cancellation = default);

    /// <summary>Notes that a job's row is to come, before the state is written that it is of. It takes the place of an older note of the job.</summary>
    Task ExpectAsync(ExpectedRow expected, CancellationToken cancellation = default);

    /// <summary>Strikes a note off, unless one of a later version stands.</summary>
    Task SettleAsync(ExpectedRow expected, CancellationToken cancellation = default);

    /// <summary>The notes of a pool (null: of all) that were made until then, in any order. There are few: those of submits under way, and those whose silo died.</summary>
    IAsyncEnumerable<ExpectedRow> ListExpectedAsync(string? pool, DateTimeOffset until, CancellationToken cancellation = default);

    /// <summary>Writes an artifact's row; the same digest again changes nothing.</summary>
    Task PutAsync(ArtifactRow row, CancellationToken cancellation = default);

    Task<ArtifactRow?> FindArtifactAsync(string tenant, string digest, CancellationToken cancellation = default);

    /// <summary>Artifacts of a tenant, newest first.</summary>
    IAsyncEnumerable<ArtifactRow> ListArtifactsAsync(string tenant, CancellationToken cancellation = default);

    /// <summary>Points an alias at a digest unless a newer row (by <see cref="AliasRow.Version"/>) stands.</summary>
    Task PutAsync(AliasRow row, CancellationToken cancellation = default);

    IAsyncEnumerable<AliasRow> ListAliasesAsync(string tenant, CancellationToken cancellation = default);
}
