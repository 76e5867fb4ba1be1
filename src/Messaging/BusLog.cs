using Microsoft.Extensions.Logging;

namespace Ptune.Messaging;

/// <summary>
/// The bus as one line a time: while a broker is away it is told at every try, each time with a stack of some fifty lines that says nothing but that.
/// </summary>
public sealed class BusLog : ILogger
{
    private readonly ILogger _logger;

    private BusLog(ILogger logger) => _logger = logger;

    /// <summary>The logger, or the brief form of it where the category is one of the bus.</summary>
    public static ILogger Brief(string category, ILogger logger) =>
        category.StartsWith("MassTransit", StringComparison.Ordinal) || category.StartsWith("RabbitMQ", StringComparison.Ordinal) ? new BusLog(logger) : logger;

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => _logger.BeginScope(state);

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => _logger.IsEnabled(logLevel);

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var words = formatter(state, exception);
        _logger.Log(logLevel, eventId, exception is null ? words : $"{words}: {exception.GetBaseException().Message.ReplaceLineEndings(" ")}", null, (text, _) => text);
    }
}
