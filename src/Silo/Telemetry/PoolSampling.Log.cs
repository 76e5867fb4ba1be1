namespace Ptune.Silo.Telemetry;

internal sealed partial class PoolSampling
{
    [LoggerMessage(1, LogLevel.Debug, "The pools could not be sampled: {Why}")]
    private static partial void LogUnanswered(ILogger logger, string why);
}
