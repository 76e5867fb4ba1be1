using Microsoft.Extensions.Logging;

namespace Ptune.Grains.Shell;

internal sealed partial class EffectPump<TState>
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "A store did not take a change ({Problem}); it is tried again after the next command or sweep")]
    private partial void LogStoreFailed(string problem, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Effect {Kind} {Target} failed ({Problem}); it is tried again after the next command or sweep")]
    private partial void LogEffectFailed(string kind, string target, string problem, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The effects that are done could not be struck off ({Problem}); they may be performed once more")]
    private partial void LogForgetFailed(string problem, Exception exception);
}
