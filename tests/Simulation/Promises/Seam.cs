using Ptune.Contracts.Jobs;
using Ptune.Contracts.Pools;
using Ptune.Grains.Jobs;
using Ptune.Grains.Shell;
using Ptune.Grains.Sweeps;
using Ptune.Simulation.Tests.Silos;

namespace Ptune.Simulation.Tests.Promises;

/// <summary>Where a broken <see cref="Protocol"/> differs from what the grains do.</summary>
internal sealed class Seam(World world)
{
    public bool Swallows(string method, GrainKey key) =>
        method == "Sweep" && ((world.Protocol == Protocol.WithoutSweep && key.Grain == typeof(JobGrain)) || (world.Protocol == Protocol.DeafSweep && key.Grain == typeof(SweepGrain)));

    /// <summary>Without a fence a stale attempt speaks in the name of the one that holds the lease.</summary>
    public object?[] Arguments(string method, GrainKey key, object?[] args)
    {
        if (world.Protocol == Protocol.ForgottenLeases && args is [AcquireRequest request]) return [request with { Slot = null }];
        if (world.Protocol is not (Protocol.WithoutFence or Protocol.StaleCheckpoints) || world.Store.Find<JobState>(key) is not { Status.IsHeld: true } holder) return args;
        return (world.Protocol, args.FirstOrDefault()) switch
        {
            (Protocol.WithoutFence, AttemptCompletion completion) => [completion with { WorkerId = holder.Worker!, Epoch = holder.Epoch }],
            (Protocol.StaleCheckpoints, Heartbeat beat) => [beat with { WorkerId = holder.Worker!, Epoch = holder.Epoch }],
            _ => args,
        };
    }

    public void BeforeWrite(object next)
    {
        if (world.Protocol != Protocol.TellsFirst || next is not JobState job) return;
        world.Promises.Told(JobRows.Row(job));
        world.Catalog.Put(JobRows.Row(job));
    }

    public object Stored(object? before, object next) => (world.Protocol, next) switch
    {
        (Protocol.EpochNotStored, JobState job) when before is JobState { } known && job.Epoch > known.Epoch => job with { Epoch = known.Epoch },
        (Protocol.WithoutOutbox, JobState job) => job with { Outbox = Outbox.Empty },
        (Protocol.AuditNotOwed, JobState job) => job with { Outbox = job.Outbox with { Pending = [.. job.Outbox.Pending.Where(e => e.Audit is null)] } },
        (Protocol.DeviceTimeNotOwed, JobState job) => job with { Outbox = job.Outbox with { Pending = [.. job.Outbox.Pending.Where(e => e.Kind != JobEffects.DeviceTime)] } },
        (Protocol.ForgetfulSweep, SweepState sweep) => sweep with { Outbox = Outbox.Empty },
        _ => next,
    };
}
