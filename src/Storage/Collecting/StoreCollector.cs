using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Http;
using Ptune.Contracts.Stores;
using Ptune.Storage.Artifacts;
using Ptune.Storage.Uploads;

namespace Ptune.Storage.Collecting;

/// <summary>
/// Removes what nothing can reach any more. It is safe beside running jobs: blobs are listed before what is reachable is looked up, only those are removed whose time
/// is before the grace time, and whoever relies on a blob that is there renews it (<see cref="IBlobStore.RenewAsync"/>), after which a removal leaves it.
/// </summary>
public sealed class StoreCollector(IBlobStore blobs, ICatalog catalog, ArtifactStore artifacts, TimeProvider time)
{
    /// <exception cref="IOException">The store does not answer. What has been removed until then stays removed.</exception>
    public async Task<CollectionView> CollectAsync(CollectionRequest request, CancellationToken cancellation = default)
    {
        var work = new CollectionWork(blobs, time.GetUtcNow() - request.Grace, request.IsDryRun);
        var content = await work.OldAsync(BlobNames.Contents, cancellation);
        var marks = await work.OldAsync(BlobNames.Uploads, cancellation);
        var referenced = await ReferencedContent.LoadAsync(catalog, artifacts, cancellation);
        var needed = await request.NeededUploads(cancellation);
        await RemoveContentAsync(work, content, marks, referenced, needed, cancellation);
        await RemovePiecesAsync(work, cancellation);
        await RemoveCheckpointsAsync(work, request.AreCheckpointsNeeded, cancellation);
        return work.View(request.Grace, [.. referenced.Problems.Select(problem => $"No file of any artifact was removed, since the files of one are not known: {problem}")]);
    }

    private static async Task RemoveContentAsync(
        CollectionWork work, List<BlobEntry> content, List<BlobEntry> marks, ReferencedContent referenced, IReadOnlySet<string> needed, CancellationToken cancellation)
    {
        var uploads = marks.Select(WholeUpload.Of).OfType<WholeUpload>().Where(upload => !needed.Contains(upload.Sha256)).ToLookup(upload => upload.Sha256);
        foreach (var blob in referenced.Problems.Count > 0 ? [] : content)
        {
            var sha256 = blob.Name[(blob.Name.LastIndexOf('/') + 1)..];
            if (referenced.OwnerOf(blob.Name) is not null || needed.Contains(sha256)) continue;
            await work.RemoveAsync(uploads.Contains(sha256) ? StoreKinds.Uploads : StoreKinds.Unused, blob, cancellation);
        }
        foreach (var upload in uploads.SelectMany(group => group)) await work.ForgetAsync(upload.Name, cancellation);
    }

    private async Task RemovePiecesAsync(CollectionWork work, CancellationToken cancellation)
    {
        foreach (var pieces in await work.OldGroupsAsync(BlobNames.UploadPieces, name => name[..name.LastIndexOf('/')], cancellation))
        {
            foreach (var piece in pieces) await work.RemoveAsync(StoreKinds.UnfinishedUploads, piece, cancellation);
        }
    }

    private async Task RemoveCheckpointsAsync(CollectionWork work, Func<string, CancellationToken, Task<bool>> areNeeded, CancellationToken cancellation)
    {
        foreach (var checkpoints in await work.OldGroupsAsync(BlobNames.Checkpoints, JobOf, cancellation))
        {
            if (await areNeeded(checkpoints.Key, cancellation)) continue;
            foreach (var checkpoint in checkpoints) await work.RemoveAsync(StoreKinds.Checkpoints, checkpoint, cancellation);
        }
    }

    private static string JobOf(string checkpoint) => checkpoint[BlobNames.Checkpoints.Length..].Split('/')[0];
}
