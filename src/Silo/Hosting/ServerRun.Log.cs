namespace Ptune.Silo.Hosting;

internal sealed partial class ServerRun
{
    [LoggerMessage(1, LogLevel.Information, "{Product} {Version} ({Mode}) at {Url}, dashboard {Dashboard}, store {Store}, process {Pid}.")]
    private static partial void LogStarted(ILogger logger, string product, string version, string mode, string url, string dashboard, string store, int pid);

    [LoggerMessage(4, LogLevel.Warning, "PTUNE_Http__Token is deprecated: everybody who has it is the admin 'settings', and it cannot be revoked without a restart. Give each caller a key of its own with 'ptune keys create', and unset it.")]
    private static partial void LogTokenDeprecated(ILogger logger);

    [LoggerMessage(5, LogLevel.Warning, "There is no API key yet, so nobody can use this server. Make the first one with 'Ptune.Silo keys create --role admin' and this server's settings; stop an embedded server before.")]
    private static partial void LogNoKey(ILogger logger);

    [LoggerMessage(2, LogLevel.Information, "Stopped.")]
    private static partial void LogStopped(ILogger logger);

    [LoggerMessage(3, LogLevel.Debug, "The services that had started could not be stopped cleanly: {Problem}")]
    private static partial void LogHalfStopped(ILogger logger, string problem);
}
