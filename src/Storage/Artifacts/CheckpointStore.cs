using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Stores;

namespace Ptune.Storage.Artifacts;

/// <summary>
/// Checkpoints, each named by its job, epoch and step and written once: a stale attempt can neither replace a newer one's nor be taken
/// for it.
/// </summary>
public sealed class CheckpointStore(IBlobStore blobs)
{
    /// <summary>Stores a file as the checkpoint of an attempt at a step. The same content again changes nothing.</summary>
    /// <exception cref="IOException">Other content stands under that name; or the store is full or cannot be written.</exception>
    public async Task<StoredCheckpoint> PutAsync(string jobId, long epoch, long step, string localFile, CancellationToken cancellation = default)
    {
        var name = BlobNames.Checkpoint(jobId, epoch, step);
        var (digest, bytes) = await Hashing.OfFileAsync(localFile, cancellation);
        await using var content = File.OpenRead(localFile);
        if (!await blobs.CreateAsync(name, content, cancellation))
        {
            await using var standing = await blobs.OpenAsync(name, cancellation);
            if (standing is null || (await Hashing.CopyAsync(standing, target: null, cancellation)).Digest != digest)
                throw new IOException($"A different checkpoint already exists at '{name}': another process has written for epoch {epoch}.");
        }
        return new StoredCheckpoint(name, digest, bytes, step, epoch);
    }

    /// <summary>Writes a checkpoint's bytes to a local file, which appears only when they are those that were stored.</summary>
    /// <exception cref="FileNotFoundException">The store has no such checkpoint.</exception>
    /// <exception cref="DigestMismatchException">It was truncated or changed.</exception>
    /// <exception cref="IOException">The local file cannot be written.</exception>
    public async Task FetchAsync(StoredCheckpoint checkpoint, string localFile, CancellationToken cancellation = default)
    {
        await using var blob = await blobs.OpenAsync(checkpoint.Blob, cancellation)
            ?? throw new FileNotFoundException($"The checkpoint '{checkpoint.Blob}' is not in the store.", checkpoint.Blob);
        var unfinished = $"{localFile}.{Guid.NewGuid():N}.unfinished";
        try
        {
            await using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                var (digest, bytes) = await Hashing.CopyAsync(blob, file, cancellation);
                if (digest != checkpoint.Digest)
                    throw new DigestMismatchException(blobs.LocalPath(checkpoint.Blob) ?? checkpoint.Blob, checkpoint.Digest, digest, bytes);
            }
            File.Move(unfinished, localFile, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>Removes a job's old checkpoints.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="keep">How many of the newest stay.</param>
    /// <param name="accepted">
    /// The one that the job's grain would resume from, where it is known: it and what is newer stay and only what is older counts, so
    /// that an attempt that lost its lease cannot remove what the next one needs.
    /// </param>
    /// <param name="cancellation">Stops between two.</param>
    public async Task PruneAsync(string jobId, int keep, StoredCheckpoint? accepted = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keep, 1);
        var names = await blobs.ListAsync(BlobNames.CheckpointsOf(jobId), cancellation).Select(blob => blob.Name).ToListAsync(cancellation);
        if (accepted is not null) names.RemoveAll(name => string.CompareOrdinal(name, accepted.Blob) > 0);
        foreach (var name in names.SkipLast(keep)) await blobs.DeleteAsync(name, cancellation);
    }
}
