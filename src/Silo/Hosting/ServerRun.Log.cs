namespace Ptune.Silo.Hosting;

internal sealed partial class ServerRun
{
    [LoggerMessage(1, LogLevel.Information, "{Product} {Version} ({Mode}) at {Url}, dashboard {Dashboard}, store {Store}, process {Pid}.")]
    private static partial void LogStarted(ILogger logger, string product, string version, string mode, string url, string dashboard, string store, int pid);

    [LoggerMessage(2, LogLevel.Information, "Stopped.")]
    private static partial void LogStopped(ILogger logger);

    [LoggerMessage(3, LogLevel.Debug, "The services that had started could not be stopped cleanly: {Problem}")]
    private static partial void LogHalfStopped(ILogger logger, string problem);
}
