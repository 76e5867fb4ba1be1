using Microsoft.Extensions.Logging;

namespace Ptune.Grains.Shell;

internal sealed partial class EffectPump<TState>
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "A write to a store failed ({Problem}); it is retried after the next command or sweep")]
    private partial void LogStoreFailed(string problem, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Effect {Kind} {Target} failed ({Problem}); it is retried after the next command or sweep")]
    private partial void LogEffectFailed(string kind, string target, string problem, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Completed effects could not be removed from the outbox ({Problem}); they may run once more")]
    private partial void LogForgetFailed(string problem, Exception exception);
}
