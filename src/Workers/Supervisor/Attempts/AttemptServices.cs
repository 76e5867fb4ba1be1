using Microsoft.Extensions.Logging;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Stores;
using Ptune.Storage.Artifacts;

namespace Ptune.Supervisor.Attempts;

/// <summary>What attempts work with.</summary>
internal sealed class AttemptServices(
    IGrainFactory grains, GrainCalls calls, ArtifactStore artifacts, CheckpointStore checkpoints, LogStore logs, IBlobStore blobs, TimeProvider time, ILoggerFactory loggers)
{
    public IGrainFactory Grains => grains;

    public GrainCalls Calls => calls;

    public ArtifactStore Artifacts => artifacts;

    public CheckpointStore Checkpoints => checkpoints;

    public LogStore Logs => logs;

    public TimeProvider Time => time;

    public ILoggerFactory Loggers => loggers;

    public ResumePoints ResumePoints { get; } = new(checkpoints, blobs);

    public ResultWriter Results { get; } = new(artifacts);

    public UploadFiles UploadsIn(string dataFolder) => new(blobs, dataFolder, time);

    /// <summary>Removes what only an unfinished job needs.</summary>
    public async Task RemoveCheckpointsAsync(string jobId, CancellationToken cancellation)
    {
        await foreach (var blob in blobs.ListAsync(BlobNames.CheckpointsOf(jobId), cancellation)) await blobs.DeleteAsync(blob.Name, cancellation);
    }
}
