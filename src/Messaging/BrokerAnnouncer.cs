using System.Collections.Concurrent;
using MassTransit;
using Microsoft.Extensions.Logging;
using Ptune.Contracts.Messages;

namespace Ptune.Messaging;

/// <summary>
/// Sends wake-ups to the pools' queues on the broker, and waits for its confirmation. A queue is declared before its first message; should it have
/// vanished since (another broker, a person), the broker returns the message, and it is declared again.
/// </summary>
internal sealed partial class BrokerAnnouncer(IBus bus, BrokerTopology topology, MessagingOptions options, TimeProvider time, ILogger<BrokerAnnouncer> logger)
    : IWorkAnnouncer
{
    private readonly ConcurrentDictionary<string, bool> _declared = new(StringComparer.Ordinal);
    private long _restUntil = long.MinValue;

    public async Task AnnounceAsync(string pool, CancellationToken cancellation = default)
    {
        var queue = WorkQueues.NameOf(pool);
        if (time.GetTimestamp() < Volatile.Read(ref _restUntil))
            throw new MessagingUnavailableException($"The broker at {topology.Broker} is unavailable: it did not answer a moment ago.");

        using var limit = new CancellationTokenSource(options.AnnounceTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            await SendAsync(pool, queue, both.Token).WaitAsync(both.Token);
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested)
        {
            Volatile.Write(ref _restUntil, time.GetTimestamp() + (long)(options.RestAfterFailure.TotalSeconds * time.TimestampFrequency));
            LogNotSent(pool, topology.Broker, error.Message);
            throw new MessagingUnavailableException(
                $"The broker at {topology.Broker} did not accept a wake-up for pool '{pool}' within {options.AnnounceTimeout.TotalSeconds:0.#} s.", error);
        }
    }

    private async Task SendAsync(string pool, string queue, CancellationToken cancellation)
    {
        if (!_declared.ContainsKey(queue)) await DeclareAsync(queue, cancellation);
        try
        {
            await SendOnceAsync(pool, queue, cancellation);
        }
        catch (MessageReturnedException)
        {
            LogReturned(queue);
            await DeclareAsync(queue, cancellation);
            await SendOnceAsync(pool, queue, cancellation);
        }
    }

    private async Task SendOnceAsync(string pool, string queue, CancellationToken cancellation)
    {
        // "queue:" would declare it anew as a classic queue, which the broker refuses.
        var endpoint = await bus.GetSendEndpoint(new Uri($"exchange:{queue}"));
        await endpoint.Send(new WorkAvailable(pool), context => context.GetPayload<RabbitMqSendContext>().Mandatory = true, cancellation);
    }

    private async Task DeclareAsync(string queue, CancellationToken cancellation)
    {
        await topology.DeclareAsync(queue, cancellation);
        _declared[queue] = true;
    }
}
