using MassTransit;
using Ptune.Contracts.Messages;

namespace Ptune.Messaging;

/// <summary>Wakes the workers inside this process.</summary>
internal sealed class MemoryAnnouncer(IBus bus, ListenedPools listened) : IWorkAnnouncer
{
    public async Task AnnounceAsync(string pool, CancellationToken cancellation = default)
    {
        // A pool that nobody in this process listens to cannot be woken: its wake-ups would only pile up.
        var queue = WorkQueues.NameOf(pool);
        if (!listened.Pools.Contains(pool)) return;
        var endpoint = await bus.GetSendEndpoint(new Uri($"queue:{queue}"));
        await endpoint.Send(new WorkAvailable(pool), cancellation);
    }
}
