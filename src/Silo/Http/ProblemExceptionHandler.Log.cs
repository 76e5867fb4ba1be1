namespace Ptune.Silo.Http;

internal sealed partial class ProblemExceptionHandler
{
    [LoggerMessage(1, LogLevel.Error, "{Method} {Path} failed.")]
    private static partial void LogFailure(ILogger logger, Exception exception, string method, PathString path);

    [LoggerMessage(2, LogLevel.Warning, "{Method} {Path} was not answered in time: {Why}")]
    private static partial void LogUnanswered(ILogger logger, string method, PathString path, string why);
}
