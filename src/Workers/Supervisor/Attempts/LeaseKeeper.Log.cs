using Microsoft.Extensions.Logging;

namespace Ptune.Supervisor.Attempts;

internal sealed partial class LeaseKeeper
{
    [LoggerMessage(LogLevel.Warning, "{JobId}: the lease of attempt {Epoch} was not renewed ({Reason}); {Left} left")]
    private partial void LogNotRenewed(string jobId, long epoch, TimeSpan left, string reason);

    [LoggerMessage(LogLevel.Warning, "{JobId}: the lease of attempt {Epoch} is lost: {Why}")]
    private partial void LogGone(string jobId, long epoch, string why);
}
