using Microsoft.Extensions.Logging;

namespace Ptune.Grains.Pools;

internal sealed partial class PoolGrain
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Pool {Pool} rebuilt from the catalog: {Queued} queued, {Leased} leased")]
    private partial void LogRebuilt(string pool, int queued, int leased);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Pool {Pool} is rebuilt from the catalog: the system clock was set by {Step}, or the machine was suspended")]
    private partial void LogClockStepped(string pool, TimeSpan step);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Job {JobId} refused a lease to {WorkerId}: {Reason}")]
    private partial void LogRefused(string jobId, string workerId, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {JobId} did not answer ({Problem}); it counts as running until it answers")]
    private partial void LogUnreachable(string jobId, string problem, Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {JobId} is taken back from worker {WorkerId}, which never received its lease")]
    private partial void LogTakenBack(string jobId, string workerId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {Victim} is asked to make room for job {Waiting}")]
    private partial void LogPreempts(string victim, string waiting);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Pool {Pool} could not read the catalog ({Problem}); the next sweep retries")]
    private partial void LogSweepFailed(string pool, string problem, Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "Pool {Pool}: {Count} finished jobs are no longer listed: their ttlAfterFinished has passed")]
    private partial void LogExpired(string pool, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Pool {Pool} could not look for expired jobs ({Problem}); a later sweep retries")]
    private partial void LogExpiryFailed(string pool, string problem, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {JobId} could not be visited ({Problem}); the next sweep retries")]
    private partial void LogVisitFailed(string jobId, string problem, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {JobId} has a row in the catalog but no state: the grain storage lost it or belongs to another catalog")]
    private partial void LogUnknown(string jobId);
}
