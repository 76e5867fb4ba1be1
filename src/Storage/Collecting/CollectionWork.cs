using Ptune.Contracts.Http;
using Ptune.Contracts.Stores;

namespace Ptune.Storage.Collecting;

/// <summary>One cleaning: what is old enough, and what has been removed so far.</summary>
/// <param name="blobs">The store.</param>
/// <param name="cutoff">What is newer stays.</param>
/// <param name="isDryRun">Removals are only counted.</param>
internal sealed class CollectionWork(IBlobStore blobs, DateTimeOffset cutoff, bool isDryRun)
{
    private readonly SortedDictionary<string, (int Count, long Bytes)> _removed = new(StringComparer.Ordinal);

    public async Task<List<BlobEntry>> OldAsync(string prefix, CancellationToken cancellation) =>
        await blobs.ListAsync(prefix, cancellation).Where(blob => blob.Created <= cutoff).ToListAsync(cancellation);

    /// <summary>Groups of blobs of which none is new.</summary>
    public async Task<List<IGrouping<string, BlobEntry>>> OldGroupsAsync(string prefix, Func<string, string> groupOf, CancellationToken cancellation) =>
        [.. (await blobs.ListAsync(prefix, cancellation).ToListAsync(cancellation)).GroupBy(blob => groupOf(blob.Name)).Where(group => group.All(blob => blob.Created <= cutoff))];

    /// <summary>Removes a blob, unless somebody has renewed it meanwhile.</summary>
    public async Task RemoveAsync(string kind, BlobEntry blob, CancellationToken cancellation)
    {
        if (!isDryRun && !await blobs.DeleteAsync(blob.Name, cutoff, cancellation)) return;
        var (count, bytes) = _removed.GetValueOrDefault(kind);
        _removed[kind] = (count + 1, bytes + blob.Bytes);
    }

    /// <summary>Removes a blob that only says something, and counts for nothing.</summary>
    public Task ForgetAsync(string name, CancellationToken cancellation) => isDryRun ? Task.CompletedTask : blobs.DeleteAsync(name, cutoff, cancellation);

    public CollectionView View(TimeSpan grace, string[] problems) => new(
        isDryRun, [.. _removed.Select(kind => new StoreUsageRow(kind.Key, kind.Value.Count, kind.Value.Bytes))], _removed.Values.Sum(kind => kind.Bytes), grace, problems);
}
