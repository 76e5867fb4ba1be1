using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Ptune.Messaging.Tests;

/// <summary>Keeps what a console would be told.</summary>
internal sealed class RecordingLoggers : ILoggerProvider
{
    public ConcurrentQueue<(LogLevel Level, string Text, Exception? Exception)> Said { get; } = [];

    public ILogger CreateLogger(string categoryName) => BusLog.Brief(categoryName, new Recorder(Said));

    public void Dispose()
    {
    }

    private sealed class Recorder(ConcurrentQueue<(LogLevel Level, string Text, Exception? Exception)> said) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            said.Enqueue((logLevel, formatter(state, exception), exception));
    }
}
