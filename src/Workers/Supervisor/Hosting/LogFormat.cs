using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Ptune.Supervisor.Hosting;

/// <summary>How the console's log is written: lines for people, or with <c>Logging:Format=json</c> one JSON object a line, with the job, attempt and tenant that it is about.</summary>
public static class LogFormat
{
    private const string Time = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static bool IsJson(IConfiguration configuration) => "json".Equals(configuration["Logging:Format"], StringComparison.OrdinalIgnoreCase);

    public static void AddJson(ILoggingBuilder logging) => logging.AddJsonConsole(console => (console.IncludeScopes, console.UseUtcTimestamp, console.TimestampFormat) = (true, true, Time));

    public static void AddLines(ILoggingBuilder logging) => logging.AddSimpleConsole(console => (console.SingleLine, console.UseUtcTimestamp, console.TimestampFormat) = (true, true, Time + " "));
}
