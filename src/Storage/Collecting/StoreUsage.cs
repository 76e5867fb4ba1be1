using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Stores;
using Ptune.Storage.Artifacts;
using Ptune.Storage.Uploads;

namespace Ptune.Storage.Collecting;

/// <summary>How much of a store is taken by what.</summary>
public sealed class StoreUsage(IBlobStore blobs, ICatalog catalog, ArtifactStore artifacts)
{
    /// <param name="largest">How many of the largest things are named.</param>
    /// <param name="cancellation">Stops between two blobs.</param>
    /// <exception cref="IOException">The store does not answer.</exception>
    public async Task<StoreUsageView> MeasureAsync(int largest, CancellationToken cancellation = default)
    {
        var referenced = await ReferencedContent.LoadAsync(catalog, artifacts, cancellation);
        var count = new UsageCount();
        foreach (var kind in Enum.GetValues<ArtifactKind>()) count.Add(StoreKinds.Of(kind), referenced.Artifacts.Count(row => row.Kind == kind));
        await AddContentAsync(count, referenced, cancellation);
        await AddGroupsAsync(count, StoreKinds.UnfinishedUploads, BlobNames.UploadPieces, cancellation);
        await AddGroupsAsync(count, StoreKinds.Checkpoints, BlobNames.Checkpoints, cancellation);
        await AddGroupsAsync(count, StoreKinds.Logs, BlobNames.Logs, cancellation);
        var names = (await catalog.ListAliasesAsync(null, cancellation).ToListAsync(cancellation)).ToLookup(row => (row.Tenant, row.Digest), row => row.Alias);
        foreach (var row in referenced.Artifacts)
            count.Items.Add(new LargeItem(StoreKinds.Of(row.Kind), row.Tenant, row.Digest, [.. names[(row.Tenant, row.Digest)].Order(StringComparer.Ordinal)], row.Bytes));
        return count.View(largest);
    }

    private async Task AddContentAsync(UsageCount count, ReferencedContent referenced, CancellationToken cancellation)
    {
        var uploads = new Dictionary<string, WholeUpload>(StringComparer.Ordinal);
        await foreach (var blob in blobs.ListAsync(BlobNames.Uploads, cancellation))
        {
            if (WholeUpload.Of(blob) is { } upload) uploads[BlobNames.Content(Digest.Prefix + upload.Sha256)] = upload;
        }
        await foreach (var blob in blobs.ListAsync(BlobNames.Contents, cancellation))
        {
            if (referenced.OwnerOf(blob.Name) is { } owner)
            {
                count.Add(StoreKinds.Of(owner.Kind), 0, blob.Bytes);
            }
            else if (uploads.TryGetValue(blob.Name, out var upload))
            {
                count.Add(StoreKinds.Uploads, 1, blob.Bytes);
                count.Items.Add(new LargeItem(StoreKinds.Uploads, upload.Tenant, Digest.Prefix + upload.Sha256, [], blob.Bytes));
            }
            else
            {
                count.Add(StoreKinds.Unused, 1, blob.Bytes);
            }
        }
    }

    /// <summary>Blobs below a prefix; those of a job, or of an upload, are one thing.</summary>
    private async Task AddGroupsAsync(UsageCount count, string kind, string prefix, CancellationToken cancellation)
    {
        var groups = new Dictionary<(string Tenant, string Id), long>();
        await foreach (var blob in blobs.ListAsync(prefix, cancellation))
        {
            var parts = blob.Name[prefix.Length..].Split('/');
            var group = prefix == BlobNames.UploadPieces ? (parts[0], Digest.Prefix + parts[1]) : (JobIds.IsWellFormed(parts[0]) ? JobIds.Tenant(parts[0]) : "", parts[0]);
            groups[group] = groups.GetValueOrDefault(group) + blob.Bytes;
        }
        foreach (var ((tenant, id), bytes) in groups)
        {
            count.Add(kind, 1, bytes);
            count.Items.Add(new LargeItem(kind, tenant, id, [], bytes));
        }
    }
}
