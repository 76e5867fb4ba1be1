namespace Ptune.Silo.Audit;

internal sealed partial class RefusalWriting
{
    [LoggerMessage(1, LogLevel.Warning, "{Count} kinds of refused requests could not be written into the audit trail: {Problem}")]
    private static partial void LogFailed(ILogger logger, int count, string problem);
}
