using Microsoft.Extensions.Logging;

namespace Ptune.Supervisor.Slots;

internal sealed partial class WorkerService
{
    [LoggerMessage(LogLevel.Information, "Worker {Worker} joins pool {Pool}: {Executors} executors on {Device}, {Threads} threads each")]
    private partial void LogJoins(string worker, string pool, int executors, string device, int threads);

    [LoggerMessage(LogLevel.Warning, "Worker {Worker} waits: process {ProcessId} on {Host} was heard of under its id. It starts when that one has left or has not been heard of for long")]
    private partial void LogWaits(string worker, int processId, string host);

    [LoggerMessage(LogLevel.Error, "Worker {Worker} leaves: it could not report for so long that another process has taken its id")]
    private partial void LogReplaced(string worker);

    [LoggerMessage(LogLevel.Information, "Worker {Worker} was told to leave")]
    private partial void LogDrains(string worker);

    [LoggerMessage(LogLevel.Information, "Worker {Worker} had no work for {Limit} and leaves")]
    private partial void LogIdle(string worker, TimeSpan limit);

    [LoggerMessage(LogLevel.Debug, "The sign of life of {Worker} was not taken: {Reason}")]
    private partial void LogNotReported(string worker, string reason);

    [LoggerMessage(LogLevel.Information, "Worker {Worker} leaves within {GracePeriod}: running jobs are checkpointed and given back")]
    private partial void LogLeaves(string worker, TimeSpan gracePeriod);

    [LoggerMessage(LogLevel.Warning, "Old checkpoints could not be looked for ({Reason}); they are next time")]
    private partial void LogNotCollected(string reason);

    [LoggerMessage(LogLevel.Information, "Worker {Worker} has left")]
    private partial void LogLeft(string worker);

    [LoggerMessage(LogLevel.Warning, "Worker {Worker} leaves without a farewell ({Reason}); what it holds goes on elsewhere when its leases run out")]
    private partial void LogLeftLate(string worker, string reason);
}
