using Microsoft.Extensions.Logging.Console;
using Ptune.Messaging;

namespace Ptune.Silo.Hosting;

/// <summary>The console without the few events that say nothing. They are named one by one, so that what else their writers say is heard.</summary>
[ProviderAlias("Console")]
internal sealed class QuietConsole(ConsoleLoggerProvider console) : ILoggerProvider, ISupportExternalScope
{
    /// <summary>Category, event (null: all below error) and why it is noise.</summary>
    private static readonly (string Category, int? Event, string Why)[] Noise =
    [
        ("Orleans.Runtime.Silo", 100405, "It asks for server GC, which trades memory for throughput; DOTNET_gcServer=1 turns it on where that is wanted."),
        ("Orleans.Runtime.Watchdog", null, "At every start it takes the machine's uptime for a pause of the process."),
        ("Microsoft.Extensions.Diagnostics.HealthChecks.DefaultHealthCheckService", null, "A broker that is away is told by the bus itself, not once more with its stack at every probe."),
        ("Microsoft.Extensions.Hosting.Internal.Host", 11, "A failure to start is told by the program, in words, not a second time with its stack."),
    ];

    public ILogger CreateLogger(string categoryName)
    {
        var logger = BusLog.Brief(categoryName, console.CreateLogger(categoryName));
        var noise = Array.FindAll(Noise, n => n.Category == categoryName);
        return noise.Length == 0 ? logger : new Quiet(logger, [.. noise.Select(n => n.Event)]);
    }

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => console.SetScopeProvider(scopeProvider);

    public void Dispose() => console.Dispose();

    private sealed class Quiet(ILogger logger, int?[] events) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => logger.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => logger.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (events.Contains(eventId.Id) || (logLevel < LogLevel.Error && events.Contains(null))) return;
            logger.Log(logLevel, eventId, state, exception, formatter);
        }
    }
}
