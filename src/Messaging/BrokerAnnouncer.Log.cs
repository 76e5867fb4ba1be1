using Microsoft.Extensions.Logging;

namespace Ptune.Messaging;

internal sealed partial class BrokerAnnouncer
{
    [LoggerMessage(LogLevel.Warning, "Pool {Pool} was not woken: the broker at {Broker} is unavailable ({Reason}). The next sweep tries again")]
    private partial void LogNotSent(string pool, string broker, string reason);

    [LoggerMessage(LogLevel.Warning, "The queue {Queue} has disappeared from the broker; declaring it again")]
    private partial void LogReturned(string queue);
}
