using Microsoft.Extensions.Logging;

namespace Ptune.Grains.Audit;

internal sealed partial class AuditChainGrain
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} entries could not be written into the audit trail of {Chain}: {Problem}")]
    private partial void LogUnwritten(int count, string chain, string problem, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The head of the audit trail of {Chain} could not be stored ({Problem}); it is stored with the next row")]
    private partial void LogHeadBehind(string chain, string problem);
}
