using Ptune.Contracts.Pools;
using Ptune.Simulation.Tests.Machines;
using Ptune.Simulation.Tests.Silos;

namespace Ptune.Simulation.Tests.People;

/// <summary>Kills and stops machines, and starts new ones in their place.</summary>
internal sealed class Troublemaker(World world)
{
    // So long after a silo has stopped answering, the others take it for dead; so long after it wakes, it hears of that.
    private const double Suspicion = 5;
    private const double Ignorance = 3;

    private Chaos Chaos => world.Chaos;

    public void Plan()
    {
        for (var at = Chaos.Between(0, 15); at < Chaos.Until; at += Chaos.Between(2, 25)) Chaos.After(at, Strike);
    }

    private void Strike()
    {
        switch (Chaos.Pick(4))
        {
            case 0:
                KillSilo(Chaos.Pick(world.Silos.Count), Chaos.Between(0.5, 10));
                break;
            case 1:
                StopSilo(Chaos.Pick(world.Silos.Count), Chaos.Between(1, 20));
                break;
            case 2:
                KillWorker(Chaos.Pick(world.Workers.Count));
                break;
            default:
                world.Workers[Chaos.Pick(world.Workers.Count)].Sleep(Chaos.Between(2, 30));
                break;
        }
    }

    private void KillSilo(int index, double downtime)
    {
        if (!world.Silos[index].IsAlive) return;
        world.Silos[index].Kill();
        Chaos.After(downtime, () => StartSilo(index));
    }

    private void StopSilo(int index, double seconds)
    {
        var silo = world.Silos[index];
        if (!silo.IsAlive) return;
        silo.Sleep(seconds);
        if (seconds <= Suspicion) return;
        Chaos.After(Suspicion, () =>
        {
            world.Ghosts.Add(silo);
            StartSilo(index);
        });
        Chaos.After(seconds + Ignorance, silo.Kill);
    }

    private void StartSilo(int index)
    {
        var silo = world.Silos[index] = world.NewSilo(index);
        silo.After(0, () => _ = new GrainFactory(silo).GetGrain<IPoolGrain>("default").Sweep());
    }

    private void KillWorker(int index)
    {
        world.Workers[index].Kill();
        Chaos.After(Chaos.Between(1, 10), () => world.Workers[index] = world.NewWorker(index));
    }
}
