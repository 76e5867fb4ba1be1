using Microsoft.Extensions.Logging;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Stores;
using Ptune.Storage.Artifacts;

namespace Ptune.Supervisor.Attempts;

/// <summary>
/// Removes checkpoints that attempts left behind: all of a job that has succeeded, and of the others what is older than the few that are kept. What a
/// job's state names, and what is newer, stays: the job goes on from it, or may.
/// </summary>
internal sealed partial class CheckpointCollector(
    IGrainFactory grains, GrainCalls calls, IBlobStore blobs, CheckpointStore checkpoints, TimeProvider time, ILogger<CheckpointCollector> logger)
{
    /// <summary>Checkpoints of a job that nobody knows any more wait so long: its state may be of a store that is being restored.</summary>
    public static readonly TimeSpan OrphansKept = TimeSpan.FromDays(7);

    private readonly ILogger _logger = logger;

    /// <param name="kept">How many of a job's checkpoints are kept, the one that its state names among them.</param>
    /// <param name="cancellation">Stops between two jobs.</param>
    public async Task CollectAsync(int kept, CancellationToken cancellation)
    {
        var jobs = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        await foreach (var blob in blobs.ListAsync(BlobNames.Checkpoints, cancellation))
        {
            if (blob.Name[BlobNames.Checkpoints.Length..].Split('/') is not [var jobId, _]) continue;
            jobs[jobId] = jobs.TryGetValue(jobId, out var newest) && newest > blob.Created ? newest : blob.Created;
        }
        foreach (var (jobId, newest) in jobs)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                await CollectAsync(jobId, newest, kept, cancellation);
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                LogSkipped(jobId, e.Message);
            }
        }
    }

    private async Task CollectAsync(string jobId, DateTimeOffset newest, int kept, CancellationToken cancellation)
    {
        var job = await calls.OnceAsync(() => grains.GetGrain<IJobGrain>(jobId).Get(), cancellation);
        var isOrphan = job is null && time.GetUtcNow() - newest > OrphansKept;
        if (job is { Status: JobStatus.Succeeded } || isOrphan)
        {
            await foreach (var blob in blobs.ListAsync(BlobNames.CheckpointsOf(jobId), cancellation)) await blobs.DeleteAsync(blob.Name, cancellation);
            LogCollected(jobId, isOrphan ? "the job no longer exists" : "the job has succeeded");
        }
        else if (job?.Checkpoint is { } named)
        {
            await checkpoints.PruneAsync(jobId, kept, named, cancellation);
        }
    }

    [LoggerMessage(LogLevel.Information, "{JobId}: checkpoints removed: {Why}")]
    private partial void LogCollected(string jobId, string why);

    [LoggerMessage(LogLevel.Warning, "{JobId}: could not check for old checkpoints ({Reason}); the next run tries again")]
    private partial void LogSkipped(string jobId, string reason);
}
