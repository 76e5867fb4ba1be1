using Ptune.Contracts.Jobs;
using Ptune.Contracts.Stores;

namespace Ptune.Silo.Telemetry;

/// <summary>
/// Counts jobs as they become final: each transition is one write of the job's row, by whichever silo holds its grain. A row that is
/// written again with the same status (a second submit of finished work) is no new end.
/// </summary>
internal sealed class CountingCatalog(ICatalog inner, ServerMetrics metrics) : ICatalog
{
    public async Task PutAsync(JobRow row, CancellationToken cancellation = default)
    {
        var isNew = row.Status.IsFinal && (await inner.FindAsync(row.JobId, cancellation))?.Status != row.Status;
        await inner.PutAsync(row, cancellation);
        if (isNew) metrics.Finished(row.Kind, row.Status);
    }

    public Task RemoveAsync(JobRow row, CancellationToken cancellation = default) => inner.RemoveAsync(row, cancellation);

    public Task<JobRow?> FindAsync(string jobId, CancellationToken cancellation = default) => inner.FindAsync(jobId, cancellation);

    public IAsyncEnumerable<JobRow> QueryAsync(JobQuery query, CancellationToken cancellation = default) => inner.QueryAsync(query, cancellation);

    public Task ExpectAsync(ExpectedRow expected, CancellationToken cancellation = default) => inner.ExpectAsync(expected, cancellation);

    public Task SettleAsync(ExpectedRow expected, CancellationToken cancellation = default) => inner.SettleAsync(expected, cancellation);

    public IAsyncEnumerable<ExpectedRow> ListExpectedAsync(string? pool, DateTimeOffset until, CancellationToken cancellation = default) =>
        inner.ListExpectedAsync(pool, until, cancellation);

    public Task PutAsync(ArtifactRow row, CancellationToken cancellation = default) => inner.PutAsync(row, cancellation);

    public Task<ArtifactRow?> FindArtifactAsync(string tenant, string digest, CancellationToken cancellation = default) =>
        inner.FindArtifactAsync(tenant, digest, cancellation);

    public IAsyncEnumerable<ArtifactRow> ListArtifactsAsync(string tenant, CancellationToken cancellation = default) => inner.ListArtifactsAsync(tenant, cancellation);

    public Task PutAsync(AliasRow row, CancellationToken cancellation = default) => inner.PutAsync(row, cancellation);

    public IAsyncEnumerable<AliasRow> ListAliasesAsync(string tenant, CancellationToken cancellation = default) => inner.ListAliasesAsync(tenant, cancellation);
}
