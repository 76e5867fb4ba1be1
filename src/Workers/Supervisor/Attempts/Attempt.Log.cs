using Microsoft.Extensions.Logging;
using Ptune.Contracts.Jobs;

namespace Ptune.Supervisor.Attempts;

internal sealed partial class Attempt
{
    [LoggerMessage(LogLevel.Information, "{JobId} ({Name}): attempt {Epoch} starts")]
    private partial void LogBegins(string jobId, string name, long epoch);

    [LoggerMessage(LogLevel.Warning, "{JobId}: attempt {Epoch} is discarded: {Why}")]
    private partial void LogDiscarded(string jobId, long epoch, string why);

    [LoggerMessage(LogLevel.Warning, "{JobId}: attempt {Epoch} failed ({Cause}): {Message}")]
    private partial void LogFailed(string jobId, long epoch, FailureCause cause, string message);

    [LoggerMessage(LogLevel.Information, "{JobId}: {What} for attempt {Epoch}: {Reply}")]
    private partial void LogAnswered(string what, string jobId, long epoch, string reply);

    [LoggerMessage(LogLevel.Warning, "{JobId}: {What} for attempt {Epoch} got no answer within {Duration}; the lease expires and the job continues on another worker")]
    private partial void LogUnanswered(string what, string jobId, long epoch, TimeSpan duration);

    [LoggerMessage(LogLevel.Warning, "{JobId}: checkpoints could not be removed: {Reason}")]
    private partial void LogCheckpointsLeft(string jobId, string reason);
}
