using System.Runtime.CompilerServices;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Stores;
using Ptune.Storage.Artifacts;

namespace Ptune.Supervisor.Attempts;

/// <summary>
/// Where a job may go on, best first: the lease's checkpoint, older ones that are still stored, the start. One is fetched only when those
/// before it cannot be used.
/// </summary>
internal sealed class ResumePoints(CheckpointStore checkpoints, IBlobStore blobs)
{
    public async IAsyncEnumerable<ResumePoint> OfAsync(
        Lease lease, string folder, Action<string> log, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (lease.Checkpoint is { } newest)
        {
            var file = Path.Combine(folder, "resume.safetensors");
            if (await TryFetchAsync(newest.Blob, () => checkpoints.FetchAsync(newest, file, cancellation), log))
                yield return new ResumePoint(file, $"the checkpoint at step {newest.Step} of attempt {newest.Epoch}", IsNamed: true);

            foreach (var older in await OlderAsync(newest, lease.JobId, cancellation))
            {
                if (await TryFetchAsync(older, () => CopyAsync(older, file, cancellation), log))
                    yield return new ResumePoint(file, $"the older checkpoint '{older}'", IsNamed: false);
            }
        }
        yield return new ResumePoint(null, "the beginning", IsNamed: lease.Checkpoint is null);
    }

    private static async Task<bool> TryFetchAsync(string blob, Func<Task> fetch, Action<string> log)
    {
        try
        {
            await fetch();
            return true;
        }
        // A name that the store does not take is none under which it ever stored anything.
        catch (Exception e) when (e is FileNotFoundException or DigestMismatchException or ArgumentException)
        {
            log($"The checkpoint '{blob}' cannot be used: {e.Message}");
            return false;
        }
    }

    /// <summary>Those of the job that are older, newest first. Their digests are not known; their readers check what is inside.</summary>
    private async Task<List<string>> OlderAsync(StoredCheckpoint newest, string jobId, CancellationToken cancellation)
    {
        var older = new List<string>();
        await foreach (var blob in blobs.ListAsync(BlobNames.CheckpointsOf(jobId), cancellation))
        {
            if (string.CompareOrdinal(blob.Name, newest.Blob) < 0) older.Insert(0, blob.Name);
        }
        return older;
    }

    private async Task CopyAsync(string blob, string file, CancellationToken cancellation)
    {
        await using var content = await blobs.OpenAsync(blob, cancellation) ?? throw new FileNotFoundException($"'{blob}' no longer exists.", blob);
        await using var target = new FileStream(file, FileMode.Create, FileAccess.Write);
        await content.CopyToAsync(target, cancellation);
    }
}
