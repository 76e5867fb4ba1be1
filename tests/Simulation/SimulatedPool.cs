using Ptune.Contracts.Jobs;
using Ptune.Contracts.Pools;
using Ptune.Grains.Hosting;
using Ptune.Grains.Jobs;
using Ptune.Grains.Pools;

namespace Ptune.Simulation.Tests;

/// <summary>A pool around the real scheduler; a crash empties it, and it is rebuilt from the catalog.</summary>
internal sealed class SimulatedPool(World world)
{
    private PoolScheduler _scheduler = New();

    public void Tell(JobState job)
    {
        if (job.Status == JobStatus.Queued) _scheduler.Enqueue(JobRows.Queued(job));
        else _scheduler.Remove(job.JobId, world.Chaos.Now);
    }

    public Lease? Acquire(string workerId)
    {
        if (world.Chaos.Strikes(0.05)) Rebuild();
        while (_scheduler.Take(new AcquireRequest(workerId, "cpu", []), world.Chaos.Now) is { } chosen)
        {
            var job = world.Jobs[chosen.JobId];
            if (!job.TryCall((state, now) => JobMachine.Lease(state, new LeaseRequest(workerId), World.Rules, now), out var result))
            {
                _scheduler.Refused(chosen.JobId);
                _scheduler.PutBack(chosen);
                return null;
            }
            if (result!.Lease is { } lease) return lease;
            _scheduler.Refused(chosen.JobId);
        }
        return null;
    }

    public void Sweep()
    {
        world.Chaos.After(5, Sweep);
        if (world.Protocol == Protocol.WithoutSweep) return;
        foreach (var row in world.Catalog.Unfinished)
        {
            if (world.Jobs[row.JobId].TryCall((state, now) => Visit(state, now), out var view, isSweep: true) && view is not null)
                _scheduler.See(view, world.Chaos.Now);
        }
    }

    private static PoolScheduler New() => new("default", new SchedulingRules(new JobsOptions()));

    private Grains.Shell.Decision<JobState, JobView?> Visit(JobState? state, DateTimeOffset now) =>
        world.Protocol == Protocol.WithoutExpiry && state is { Status.IsHeld: true }
            ? new(state, JobMachine.View(state))
            : JobMachine.Sweep(state, World.NoInputs, World.Rules, now);

    private void Rebuild()
    {
        _scheduler = New();
        foreach (var row in world.Catalog.Unfinished) Tell(row);
    }
}
