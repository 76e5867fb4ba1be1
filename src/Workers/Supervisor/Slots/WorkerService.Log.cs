using Microsoft.Extensions.Logging;

namespace Ptune.Supervisor.Slots;

internal sealed partial class WorkerService
{
    [LoggerMessage(LogLevel.Information, "Worker {Worker} joins pool {Pool}: {Executors} executors on {Device}, {Threads} threads each")]
    private partial void LogJoins(string worker, string pool, int executors, string device, int threads);

    [LoggerMessage(LogLevel.Warning, "Worker {Worker} waits: process {ProcessId} on {Host} reported with the same id. It starts when that process has signed off or has not reported for a while")]
    private partial void LogWaits(string worker, int processId, string host);

    [LoggerMessage(LogLevel.Error, "Worker {Worker} exits: it could not report for so long that another process has taken its id")]
    private partial void LogReplaced(string worker);

    [LoggerMessage(LogLevel.Information, "Worker {Worker} was told to drain")]
    private partial void LogDrains(string worker);

    [LoggerMessage(LogLevel.Information, "Worker {Worker} was idle for {Limit} and exits")]
    private partial void LogIdle(string worker, TimeSpan limit);

    [LoggerMessage(LogLevel.Debug, "Worker {Worker} could not report: {Reason}")]
    private partial void LogNotReported(string worker, string reason);

    [LoggerMessage(LogLevel.Information, "Worker {Worker} is stopping (grace period {GracePeriod}): running jobs are checkpointed and released")]
    private partial void LogLeaves(string worker, TimeSpan gracePeriod);

    [LoggerMessage(LogLevel.Warning, "Could not check for old checkpoints ({Reason}); the next run tries again")]
    private partial void LogNotCollected(string reason);

    [LoggerMessage(LogLevel.Information, "Worker {Worker} has stopped")]
    private partial void LogLeft(string worker);

    [LoggerMessage(LogLevel.Warning, "Worker {Worker} stops without signing off ({Reason}); its jobs continue on other workers when their leases expire")]
    private partial void LogLeftLate(string worker, string reason);
}
