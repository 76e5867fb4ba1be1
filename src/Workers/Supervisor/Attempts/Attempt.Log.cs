using Microsoft.Extensions.Logging;
using Ptune.Contracts.Jobs;

namespace Ptune.Supervisor.Attempts;

internal sealed partial class Attempt
{
    [LoggerMessage(LogLevel.Information, "{JobId} ({Name}): attempt {Epoch} begins")]
    private partial void LogBegins(string jobId, string name, long epoch);

    [LoggerMessage(LogLevel.Warning, "{JobId}: attempt {Epoch} is discarded: {Why}")]
    private partial void LogDiscarded(string jobId, long epoch, string why);

    [LoggerMessage(LogLevel.Warning, "{JobId}: attempt {Epoch} failed ({Cause}): {Message}")]
    private partial void LogFailed(string jobId, long epoch, FailureCause cause, string message);

    [LoggerMessage(LogLevel.Information, "{JobId}: {What} of attempt {Epoch} is answered {Reply}")]
    private partial void LogAnswered(string what, string jobId, long epoch, string reply);

    [LoggerMessage(LogLevel.Warning, "{JobId}: {What} of attempt {Epoch} was not answered for {Duration}; the job's lease runs out and it goes on elsewhere")]
    private partial void LogUnanswered(string what, string jobId, long epoch, TimeSpan duration);

    [LoggerMessage(LogLevel.Warning, "{JobId}: its checkpoints could not be removed: {Reason}")]
    private partial void LogCheckpointsLeft(string jobId, string reason);
}
