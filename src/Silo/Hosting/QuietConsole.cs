using Microsoft.Extensions.Logging.Console;
using Orleans.Runtime;
using Ptune.Messaging;

namespace Ptune.Silo.Hosting;

/// <summary>The console without the few events that say nothing. They are named one by one, so that what else their writers say is heard.</summary>
[ProviderAlias("Console")]
internal sealed class QuietConsole(ConsoleLoggerProvider console, IServiceProvider services) : ILoggerProvider, ISupportExternalScope
{
    // What Orleans says, to the log and to whoever calls a grain, when no silo is left that could have it. It has no type of its own.
    private const string NobodyLeft = "No active nodes are compatible with grain";

    /// <summary>Category, event (null: all below error) and why it is noise.</summary>
    private static readonly (string Category, int? Event, string Why)[] Noise =
    [
        ("Orleans.Runtime.Silo", 100405, "It asks for server GC, which trades memory for throughput; DOTNET_gcServer=1 turns it on where that is wanted."),
        ("Orleans.Runtime.SiloLifecycleSubject", 100452, "A stage of the start or the stop took more than a second: a slow machine, or a job that somebody watches."),
        ("Orleans.Runtime.Watchdog", null, "At every start it takes the machine's uptime for a pause of the process."),
        ("Microsoft.Extensions.Diagnostics.HealthChecks.DefaultHealthCheckService", null, "A broker that is away is told by the bus itself, not once more with its stack at every probe."),
        ("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", 35, "The keys of forms lie in the store, whose readers can read everything else of the server, too."),
        ("Microsoft.Extensions.Hosting.Internal.Host", 11, "A failure to start is told by the program, in words, not a second time with its stack."),
    ];

    public ILogger CreateLogger(string categoryName)
    {
        var logger = BusLog.Brief(categoryName, console.CreateLogger(categoryName));
        return new Quiet(logger, [.. Array.FindAll(Noise, n => n.Category == categoryName).Select(n => n.Event)], IsOfTheEnd);
    }

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => console.SetScopeProvider(scopeProvider);

    public void Dispose() => console.Dispose();

    /// <summary>
    /// A sweep may be under way when the last silo stops; its calls then find nobody. It has lost nothing: the next start's first sweep does what this one did not.
    /// </summary>
    private bool IsOfTheEnd(Exception problem) =>
        problem is OrleansException && problem.Message.StartsWith(NobodyLeft, StringComparison.Ordinal)
        && services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested;

    private sealed class Quiet(ILogger logger, int?[] events, Func<Exception, bool> isOfTheEnd) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => logger.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => logger.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (events.Contains(eventId.Id) || (logLevel < LogLevel.Error && events.Contains(null))) return;
            if (exception is not null && isOfTheEnd(exception)) return;
            logger.Log(logLevel, eventId, state, exception, formatter);
        }
    }
}
