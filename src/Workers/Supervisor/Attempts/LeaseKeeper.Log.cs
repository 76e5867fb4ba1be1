using Microsoft.Extensions.Logging;

namespace Ptune.Supervisor.Attempts;

internal sealed partial class LeaseKeeper
{
    [LoggerMessage(LogLevel.Warning, "The lease of {JobId}, attempt {Epoch}, was not renewed ({Reason}); {Left} are left")]
    private partial void LogNotRenewed(string jobId, long epoch, TimeSpan left, string reason);

    [LoggerMessage(LogLevel.Warning, "The lease of {JobId}, attempt {Epoch}, is gone: {Why}")]
    private partial void LogGone(string jobId, long epoch, string why);
}
