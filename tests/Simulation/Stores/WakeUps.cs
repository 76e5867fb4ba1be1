using Ptune.Contracts.Messages;

namespace Ptune.Simulation.Tests.Stores;

/// <summary>The queue on the broker: wake-ups are lost, doubled and late.</summary>
internal sealed class WakeUps(World world) : IWorkAnnouncer
{
    public Task AnnounceAsync(string pool, CancellationToken cancellation = default)
    {
        var chaos = world.Chaos;
        if (chaos.Strikes(0.05)) throw new IOException("the broker is away");
        if (!chaos.Strikes(0.1)) Deliver();
        if (chaos.Strikes(0.05)) Deliver();
        return Task.CompletedTask;

        void Deliver() => chaos.After(world.Network.Delay(), () => world.Workers[chaos.Pick(world.Workers.Count)].Wake());
    }
}
