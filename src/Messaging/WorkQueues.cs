using System.Text.RegularExpressions;
using MassTransit;

namespace Ptune.Messaging;

/// <summary>A pool's queue: its name, and how it is declared. Whoever comes first declares it, the silo or a worker, and both must say the same.</summary>
internal static partial class WorkQueues
{
    private const string Prefix = "ptune-work-";

    // A wake-up that cannot be handled five times is dropped: it carries no truth.
    private const int DeliveryLimit = 5;

    /// <exception cref="ArgumentException">The name is none for a pool.</exception>
    public static string NameOf(string pool) => Form().IsMatch(pool)
        ? Prefix + pool
        : throw new ArgumentException($"'{pool}' cannot name a pool: use 1 to 63 letters, digits, '-', '_' and '.'.", nameof(pool));

    /// <summary>Where the bus puts what nobody takes.</summary>
    public static string SkippedOf(string pool) => $"{NameOf(pool)}_skipped";

    /// <summary>The queues beside the pool's queue that keep what could not be read or handled.</summary>
    public static string[] DeadLettersOf(string pool) => [$"{NameOf(pool)}_error", SkippedOf(pool)];

    public static void Describe(IReceiveEndpointConfigurator endpoint, MessagingOptions options)
    {
        // Wake-ups are sent to their pool; an exchange of all wake-ups would have no reader.
        endpoint.ConfigureConsumeTopology = false;
        endpoint.PrefetchCount = 1;
        if (endpoint is IInMemoryReceiveEndpointConfigurator)
        {
            endpoint.DiscardFaultedMessages();
            endpoint.DiscardSkippedMessages();
        }
        if (endpoint is not IRabbitMqReceiveEndpointConfigurator broker) return;
        foreach (var (name, value) in Arguments(options)) broker.SetQueueArgument(name, value);
    }

    /// <summary>What the queue is declared with.</summary>
    public static Dictionary<string, object?> Arguments(MessagingOptions options) => new()
    {
        ["x-queue-type"] = "quorum",
        ["x-delivery-limit"] = DeliveryLimit,
        ["x-max-length"] = options.QueueLength,
    };

    [GeneratedRegex(@"^[A-Za-z0-9_.-]{1,63}\z")]
    private static partial Regex Form();
}
