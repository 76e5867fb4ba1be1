using Ptune.Contracts.Jobs;
using Ptune.Contracts.Stores;

namespace Ptune.Silo.Telemetry;

/// <summary>
/// Counts jobs as they become final: each transition is one write of the job's row, by whichever silo holds its grain. A row that
/// stands already is no new end.
/// </summary>
internal sealed class CountingCatalog(ICatalog inner, ServerMetrics metrics) : ICatalog
{
    public async Task<bool> PutAsync(JobRow row, CancellationToken cancellation = default) => Count(row, await inner.PutAsync(row, cancellation));

    public async Task<bool> PutAsync(JobRow row, ArtifactRow artifact, CancellationToken cancellation = default) => Count(row, await inner.PutAsync(row, artifact, cancellation));

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

    public IAsyncEnumerable<ArtifactRow> ListArtifactsAsync(string? tenant, CancellationToken cancellation = default) => inner.ListArtifactsAsync(tenant, cancellation);

    public Task RemoveArtifactAsync(string tenant, string digest, CancellationToken cancellation = default) => inner.RemoveArtifactAsync(tenant, digest, cancellation);

    public Task PutAsync(DeviceTimeRow row, CancellationToken cancellation = default) => inner.PutAsync(row, cancellation);

    public Task<TimeSpan> SumDeviceTimeAsync(string tenant, DateOnly month, CancellationToken cancellation = default) => inner.SumDeviceTimeAsync(tenant, month, cancellation);

    public Task PutAsync(AliasRow row, CancellationToken cancellation = default) => inner.PutAsync(row, cancellation);

    public IAsyncEnumerable<AliasRow> ListAliasesAsync(string? tenant, CancellationToken cancellation = default) => inner.ListAliasesAsync(tenant, cancellation);

    private bool Count(JobRow row, bool isWritten)
    {
        if (isWritten && row.Status.IsFinal) metrics.Finished(row.Kind, row.Status);
        return isWritten;
    }
}
