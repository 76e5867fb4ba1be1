namespace Ptune.Silo.Audit;

internal sealed partial class AuditRetention
{
    [LoggerMessage(1, LogLevel.Information, "{Count} rows of the audit trail of {Chain} were older than Audit:Retention and were removed")]
    private static partial void LogRemoved(ILogger logger, long count, string chain);

    [LoggerMessage(2, LogLevel.Warning, "Old rows of the audit trail could not be removed ({Problem}); they are removed later")]
    private static partial void LogFailed(ILogger logger, string problem);
}
