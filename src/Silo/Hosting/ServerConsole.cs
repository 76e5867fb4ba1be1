using Microsoft.Extensions.Logging.Console;

namespace Ptune.Silo.Hosting;

/// <summary>The log: warnings, errors, and the line that says where the server is. Levels are set by Logging:LogLevel:CATEGORY.</summary>
internal static class ServerConsole
{
    /// <summary>What says nothing at its usual level, and why. A level that is set for the very category wins.</summary>
    private static readonly (string Category, LogLevel Least, string Why)[] Noise =
    [
        ("Orleans.Runtime.Watchdog", LogLevel.Error, "It takes the machine's uptime for a pause of the process at every start."),
    ];

    public static void AddServerConsole(this ILoggingBuilder logging, IConfiguration configuration)
    {
        logging.SetMinimumLevel(LogLevel.Warning);
        foreach (var (category, least, _) in Noise) logging.AddFilter(category, least);
        logging.AddConfiguration(configuration.GetSection("Logging"));
        // Diagnostics, so on stderr; and one line each, so that they can be searched.
        logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat, console.ColorBehavior) = (true, "HH:mm:ss ", Colors()));
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    /// <summary>https://no-color.org, and no colours into files.</summary>
    private static LoggerColorBehavior Colors() =>
        Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 } || Console.IsErrorRedirected ? LoggerColorBehavior.Disabled : LoggerColorBehavior.Default;
}
