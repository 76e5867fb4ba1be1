using Ptune.Chaos.Tests.Rig;
using Ptune.Fixtures;
using Ptune.Fixtures.Processes;

namespace Ptune.Chaos.Tests.Faults;

/// <summary>Does the damage, and puts new processes in the place of those that ended.</summary>
internal sealed class Saboteur(Site site, Random random)
{
    // Longer than a lease, and than the silos' patience with one that does not answer.
    private static readonly TimeSpan s_sleep = TimeSpan.FromSeconds(9);

    // So long a silo that was taken for dead may live on after it wakes.
    private static readonly TimeSpan s_afterlife = TimeSpan.FromSeconds(4);

    /// <summary>Returns when the fault is over; what it broke may not have recovered yet.</summary>
    public async Task StrikeAsync(Fault fault)
    {
        switch (fault)
        {
            case Fault.WorkerKilled:
                Any(site.Cluster.Workers).Kill();
                break;
            case Fault.ExecutorKilled:
                foreach (var executor in Signals.ChildrenOf(Any(site.Cluster.Workers).Id)) Signals.Send(executor, UnixSignal.Kill);
                break;
            case Fault.SiloKilled:
                Any(site.Cluster.Silos).Kill();
                break;
            case Fault.WorkerAsleep:
                await SleepAsync(Any(site.Cluster.Workers), s_sleep);
                break;
            case Fault.SiloAsleep:
                await OutliveAsync(Any(site.Cluster.Silos));
                break;
            case Fault.BrokerRestarted:
                await site.Cluster.Rabbit.RestartAsync();
                break;
            case Fault.BrokerCutOff:
                site.Cluster.BrokerLine.Cut();
                await Task.Delay(TimeSpan.FromSeconds(1 + (4 * random.NextDouble())));
                site.Cluster.BrokerLine.Mend();
                break;
            case Fault.StoreRestarted:
                await site.Cluster.Azurite.RestartAsync();
                break;
            case Fault.SiloReplaced:
                await ReplaceAsync(Any(site.Cluster.Silos));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(fault));
        }
        await site.CompleteAsync();
    }

    private Program Any(IEnumerable<Program> programs)
    {
        var living = site.Living(programs);
        return living[random.Next(living.Length)];
    }

    private static async Task SleepAsync(Program program, TimeSpan time)
    {
        int[] all = [program.Id, .. Signals.ChildrenOf(program.Id)];
        foreach (var id in all) Signals.Send(id, UnixSignal.Stop);
        await Task.Delay(time);
        foreach (var id in all) Signals.Send(id, UnixSignal.Continue);
    }

    /// <summary>Awake again it may believe for some seconds that it still belongs to the cluster; then it is gone.</summary>
    private static async Task OutliveAsync(Program silo)
    {
        await SleepAsync(silo, s_sleep);
        await Task.Delay(s_afterlife);
        if (!silo.HasExited) silo.Kill();
        await silo.ExitAsync();
    }

    private async Task ReplaceAsync(Program silo)
    {
        await site.Cluster.StartSiloAsync();
        Signals.Send(silo.Id, UnixSignal.Terminate);
        await silo.ExitAsync();
    }
}
