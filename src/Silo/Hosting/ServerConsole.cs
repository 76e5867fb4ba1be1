using Microsoft.Extensions.Logging.Console;
using Ptune.Silo.Security;
using Ptune.Supervisor.Hosting;

namespace Ptune.Silo.Hosting;

/// <summary>The log: warnings, errors, and the line that says where the server is. Levels are set by Logging:LogLevel:CATEGORY.</summary>
internal static class ServerConsole
{
    public static void AddServerConsole(this ILoggingBuilder logging, IConfiguration configuration)
    {
        logging.SetMinimumLevel(LogLevel.Warning);
        logging.AddConfiguration(configuration.GetSection("Logging"));
        // Who is refused is not worth a line each: anybody could fill the log.
        logging.AddFilter(typeof(AccessHandler).FullName, LogLevel.Warning);
        // One line each, so that they can be searched.
        if (LogFormat.IsJson(configuration)) LogFormat.AddJson(logging);
        else logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat, console.ColorBehavior) = (true, "HH:mm:ss ", Colors()));
        // They are diagnostics, so they go to stderr.
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        var console = logging.Services.First(s => s.ServiceType == typeof(ILoggerProvider) && s.ImplementationType == typeof(ConsoleLoggerProvider));
        logging.Services.Remove(console);
        logging.Services.AddSingleton<ConsoleLoggerProvider>().AddSingleton<ILoggerProvider, QuietConsole>();
    }

    /// <summary>https://no-color.org, and no colours into files.</summary>
    private static LoggerColorBehavior Colors() =>
        Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 } || Console.IsErrorRedirected ? LoggerColorBehavior.Disabled : LoggerColorBehavior.Default;
}
