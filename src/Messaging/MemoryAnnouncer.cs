using MassTransit;
using Ptune.Contracts.Messages;

namespace Ptune.Messaging;

/// <summary>
/// Wakes the workers inside this process. The in-memory bus loses what is sent before it has started; that is kept here until then.
/// </summary>
internal sealed class MemoryAnnouncer(ListenedPools listened) : IWorkAnnouncer, IBusObserver
{
    private readonly Lock _gate = new();
    private readonly List<string> _early = [];
    private IBus? _started;

    public async Task AnnounceAsync(string pool, CancellationToken cancellation = default)
    {
        var queue = WorkQueues.NameOf(pool);
        // A pool that nobody in this process listens to cannot be woken: its wake-ups would only pile up.
        if (!listened.Pools.Contains(pool)) return;
        IBus bus;
        lock (_gate)
        {
            if (_started is null)
            {
                _early.Add(pool);
                return;
            }
            bus = _started;
        }
        await SendAsync(bus, pool, queue, cancellation);
    }

    public async Task PostStart(IBus bus, Task<BusReady> busReady)
    {
        await busReady;
        string[] early;
        lock (_gate)
        {
            _started = bus;
            early = [.. _early];
            _early.Clear();
        }
        foreach (var pool in early) await SendAsync(bus, pool, WorkQueues.NameOf(pool), CancellationToken.None);
    }

    public void PostCreate(IBus bus)
    {
    }

    public void CreateFaulted(Exception exception)
    {
    }

    public Task PreStart(IBus bus) => Task.CompletedTask;

    public Task StartFaulted(IBus bus, Exception exception) => Task.CompletedTask;

    public Task PreStop(IBus bus) => Task.CompletedTask;

    public Task PostStop(IBus bus) => Task.CompletedTask;

    public Task StopFaulted(IBus bus, Exception exception) => Task.CompletedTask;

    private static async Task SendAsync(IBus bus, string pool, string queue, CancellationToken cancellation)
    {
        var endpoint = await bus.GetSendEndpoint(new Uri($"queue:{queue}"));
        await endpoint.Send(new WorkAvailable(pool), cancellation);
    }
}
