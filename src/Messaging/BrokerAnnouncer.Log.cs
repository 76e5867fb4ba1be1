using Microsoft.Extensions.Logging;

namespace Ptune.Messaging;

internal sealed partial class BrokerAnnouncer
{
    [LoggerMessage(LogLevel.Warning, "No wake-up was sent to pool {Pool}: the broker at {Broker} is away ({Reason}). The next sweep sends another")]
    private partial void LogNotSent(string pool, string broker, string reason);

    [LoggerMessage(LogLevel.Warning, "The queue {Queue} has vanished from the broker; it is declared again")]
    private partial void LogReturned(string queue);
}
