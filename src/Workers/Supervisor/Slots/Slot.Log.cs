using Microsoft.Extensions.Logging;

namespace Ptune.Supervisor.Slots;

internal sealed partial class Slot
{
    [LoggerMessage(LogLevel.Warning, "Pool {Pool} does not answer ({Reason}); retrying")]
    private partial void LogPoolAway(string pool, string reason);

    [LoggerMessage(LogLevel.Information, "Pool {Pool} answers again")]
    private partial void LogPoolBack(string pool);

    [LoggerMessage(LogLevel.Error, "{JobId}: attempt {Epoch} failed unexpectedly")]
    private partial void LogBroken(string jobId, long epoch, Exception e);
}
