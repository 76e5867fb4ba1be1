using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Telemetry;
using Ptune.Protocol;
using Ptune.Storage.Artifacts;

namespace Ptune.Supervisor.Attempts;

/// <summary>
/// Stores checkpoints beside the run. When they come faster than they can be stored, only the newest that waits is: it makes the others
/// needless. One that cannot be stored costs the steps since the last, not the job.
/// </summary>
internal sealed partial class CheckpointUploader
{
    private readonly Channel<CheckpointFile> _waiting = Channel.CreateBounded<CheckpointFile>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest }, dropped => File.Delete(dropped.Path));

    private readonly Lease _lease;
    private readonly LeaseKeeper _keeper;
    private readonly CheckpointStore _store;
    private readonly AttemptLog _log;
    private readonly ILogger _logger;
    private readonly CancellationToken _abandoned;
    private readonly Task _uploading;
    private readonly int _kept;
    private StoredCheckpoint? _taken;

    public CheckpointUploader(Lease lease, LeaseKeeper keeper, CheckpointStore store, AttemptLog log, int kept, ILogger<CheckpointUploader> logger)
    {
        _kept = kept;
        (_lease, _keeper, _store, _log, _logger, _abandoned) = (lease, keeper, store, log, logger, keeper.Gone);
        keeper.CheckpointTaken += taken => Volatile.Write(ref _taken, taken);
        _uploading = Task.Run(UploadAsync);
    }

    /// <summary>The newest that is stored; null when there is none yet.</summary>
    public StoredCheckpoint? Last { get; private set; }

    /// <summary>Takes a file over; it is removed when it is stored.</summary>
    public void Offer(CheckpointFile file)
    {
        if (!_waiting.Writer.TryWrite(file)) File.Delete(file.Path);
    }

    /// <summary>Stores what waits, and takes no more.</summary>
    /// <returns>The newest that is stored.</returns>
    public async Task<StoredCheckpoint?> FinishAsync()
    {
        _waiting.Writer.TryComplete();
        await _uploading;
        return Last;
    }

    private async Task UploadAsync()
    {
        await foreach (var file in _waiting.Reader.ReadAllAsync())
        {
            try
            {
                if (!_abandoned.IsCancellationRequested) await StoreAsync(file);
            }
            catch (OperationCanceledException)
            {
                // The lease is gone; the rest is only removed.
            }
            catch (Exception e)
            {
                LogNotStored(_lease.JobId, file.Step, e.Message);
                _log.Write($"The checkpoint at step {file.Step} could not be stored: {e.Message}");
            }
            File.Delete(file.Path);
        }
    }

    private async Task StoreAsync(CheckpointFile file)
    {
        if (Last is not { } last || last.Step < file.Step)
        {
            using var span = Tracing.Source.StartActivity("checkpoint")?.SetTag(Tracing.JobId, _lease.JobId).SetTag(Tracing.Attempt, _lease.Epoch).SetTag(Tracing.Step, file.Step);
            Last = await _store.PutAsync(_lease.JobId, _lease.Epoch, file.Step, file.Path, _abandoned);
            _keeper.Tell(Last);
            _log.Write($"Checkpoint at step {file.Step} stored: {Last.Bytes} bytes, {Last.Digest}");
        }
        if (Volatile.Read(ref _taken) is { } taken) await _store.PruneAsync(_lease.JobId, _kept, taken, _abandoned);
    }

    [LoggerMessage(LogLevel.Warning, "{JobId}: the checkpoint at step {Step} could not be stored: {Reason}")]
    private partial void LogNotStored(string jobId, long step, string reason);
}
