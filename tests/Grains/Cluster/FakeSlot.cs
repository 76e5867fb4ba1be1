using Ptune.Contracts.Jobs;
using Ptune.Contracts.Pools;

namespace Ptune.Grains.Tests.Cluster;

/// <summary>A slot of a worker as the supervisor has it: it counts its requests, and says which one brought it a lease last.</summary>
internal sealed class FakeSlot(PtuneCluster cluster, string worker, string id = "slot")
{
    private SlotRequest _last = new(id, Number: 0, Received: 0);
    private SlotRequest? _sent;

    /// <summary>Asks, and takes what it is given.</summary>
    public async Task<Lease?> AcquireAsync()
    {
        var lease = await AskAsync();
        if (lease is not null) _last = _last.With(lease);
        return lease;
    }

    /// <summary>Asks, and never hears the answer.</summary>
    /// <returns>What it would have heard.</returns>
    public Task<Lease?> AskAsync()
    {
        _sent = _last = _last.Next();
        return RepeatAsync();
    }

    /// <summary>A second copy of its last request arrives.</summary>
    /// <returns>What it is answered with, which the slot does not use.</returns>
    public Task<Lease?> RepeatAsync() => cluster.Pool().Acquire(new AcquireRequest(worker, "cpu", [], Slot: _sent));

    /// <summary>Has it ask each time that the bus wakes it, until it is given work.</summary>
    public async Task<Lease> UntilAcquiredAsync()
    {
        while (true)
        {
            if (await AcquireAsync() is { } lease) return lease;
            await cluster.WokenAsync();
        }
    }
}
