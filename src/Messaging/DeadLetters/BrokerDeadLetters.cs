using System.Text;
using Ptune.Contracts.Messages;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Ptune.Messaging.DeadLetters;

/// <summary>
/// Reads the queues beside a pool's queue into which the bus puts what it could not read or handle (<c>_error</c>) and what it has no consumer for
/// (<c>_skipped</c>), with the reason in the headers.
/// </summary>
internal sealed class BrokerDeadLetters(BrokerTopology broker) : IDeadLetters
{
    private const uint Most = 1000;
    private const int LongestBody = 1000;
    private const string FaultPrefix = "MT-";

    public async Task<IReadOnlyList<DeadLetter>> ListAsync(IEnumerable<string> pools, CancellationToken cancellation = default)
    {
        var letters = new List<DeadLetter>();
        await VisitAsync(
            pools,
            (pool, queue, message) =>
            {
                letters.Add(Read(pool, queue, message));
                return (queue, new BasicProperties(message.BasicProperties));
            },
            cancellation);
        return letters;
    }

    public async Task<int> ReplayAsync(IEnumerable<string> pools, CancellationToken cancellation = default)
    {
        var replayed = 0;
        await VisitAsync(
            pools,
            (pool, _, message) =>
            {
                replayed++;
                return (WorkQueues.NameOf(pool), Clean(message.BasicProperties));
            },
            cancellation);
        return replayed;
    }

    /// <param name="visit">Answers where the message is to go.</param>
    private async Task VisitAsync(
        IEnumerable<string> pools, Func<string, string, BasicGetResult, (string Queue, BasicProperties Properties)> visit, CancellationToken cancellation)
    {
        try
        {
            await using var connection = await broker.OpenAsync("ptune dead letters", cancellation);
            foreach (var pool in pools)
            {
                foreach (var queue in WorkQueues.DeadLettersOf(pool)) await VisitQueueAsync(connection, queue, message => visit(pool, queue, message), cancellation);
            }
        }
        catch (Exception e) when (e is BrokerUnreachableException or AlreadyClosedException or OperationInterruptedException or IOException)
        {
            throw new MessagingUnavailableException($"The broker at {broker.Broker} did not return its dead letters.", e);
        }
    }

    /// <summary>
    /// Each message goes to the end of a queue, its own or another, and only when the broker has confirmed that, it is taken away. To look and put it back
    /// would count as a delivery that failed, and after a few of them a quorum queue drops it.
    /// </summary>
    private static async Task VisitQueueAsync(
        IConnection connection, string queue, Func<BasicGetResult, (string Queue, BasicProperties Properties)> visit, CancellationToken cancellation)
    {
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true), cancellation);
        for (var left = Math.Min(Most, await CountAsync(channel, queue, cancellation)); left > 0; left--)
        {
            if (await channel.BasicGetAsync(queue, autoAck: false, cancellation) is not { } message) return;
            var (target, properties) = visit(message);
            await channel.BasicPublishAsync("", target, mandatory: true, properties, message.Body, cancellation);
            await channel.BasicAckAsync(message.DeliveryTag, multiple: false, cancellation);
        }
    }

    private static async Task<uint> CountAsync(IChannel channel, string queue, CancellationToken cancellation)
    {
        try
        {
            return (await channel.QueueDeclarePassiveAsync(queue, cancellation)).MessageCount;
        }
        catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            return 0;
        }
    }

    private static DeadLetter Read(string pool, string queue, BasicGetResult message)
    {
        var headers = message.BasicProperties.Headers ?? new Dictionary<string, object?>();
        var reason = Header(headers, "MT-Fault-Message") ?? Header(headers, "MT-Reason") ?? "no reason given";
        if (queue == WorkQueues.SkippedOf(pool)) reason = $"no consumer for this type of message ({reason})";
        var text = Encoding.UTF8.GetString(message.Body.Span);
        return new DeadLetter(
            pool,
            queue,
            Header(headers, "MT-Fault-ExceptionType") is { } type ? $"{type}: {reason}" : reason,
            DateTimeOffset.TryParse(Header(headers, "MT-Fault-Timestamp"), out var at) ? at : null,
            text.Length <= LongestBody ? text : text[..LongestBody] + "...",
            message.Body.Length);
    }

    private static string? Header(IDictionary<string, object?> headers, string name) => headers.TryGetValue(name, out var value)
        ? value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : value?.ToString()
        : null;

    /// <summary>Without what the bus has written of the failure: a second one is told anew.</summary>
    private static BasicProperties Clean(IReadOnlyBasicProperties properties)
    {
        var clean = new BasicProperties(properties) { Persistent = true };
        clean.Headers = properties.Headers?.Where(h => !h.Key.StartsWith(FaultPrefix, StringComparison.Ordinal)).ToDictionary(h => h.Key, h => h.Value);
        return clean;
    }
}
