using Ptune.Contracts.Jobs;
using Ptune.Contracts.Pools;
using Ptune.Contracts.Workers;
using Ptune.Grains.Jobs;
using Ptune.Grains.Pools;
using Ptune.Grains.Pools.Policies;

namespace Ptune.Simulation.Tests;

/// <summary>A pool around the real queue and policy; a crash empties it, and it is rebuilt from the catalog.</summary>
internal sealed class SimulatedPool(World world)
{
    private readonly Choice _choice = new(4, 3);
    private JobQueue _queue = new();

    public void Tell(JobState job)
    {
        if (job.Status == JobStatus.Queued) _queue.Put(JobRows.Queued(job));
        else _queue.Remove(job.JobId);
    }

    public Lease? Acquire(string workerId)
    {
        if (world.Chaos.Strikes(0.05)) Rebuild();
        var worker = new Candidate(new AcquireRequest(workerId, "cpu", []), WorkerOrder.Work);
        while (_choice.Pick(_queue.InOrder, worker) is { } chosen)
        {
            _queue.Take(chosen);
            var job = world.Jobs[chosen.Entry.Job.JobId];
            if (!job.TryCall((state, now) => JobMachine.Lease(state, new LeaseRequest(workerId), World.Rules, now), out var result))
            {
                _queue.Put(chosen.Entry.Job);
                return null;
            }
            if (result!.Lease is { } lease) return lease;
        }
        return null;
    }

    public void Sweep()
    {
        world.Chaos.After(5, Sweep);
        if (world.Protocol == Protocol.WithoutSweep) return;
        foreach (var row in world.Catalog.Unfinished)
        {
            if (world.Jobs[row.JobId].TryCall((state, now) => Visit(state, now), out var view, isSweep: true) && view is not null && view.Status == JobStatus.Queued)
                _queue.Put(new QueuedJob(view.JobId, "default", view.Priority, view.Created, []));
        }
    }

    private Grains.Shell.Decision<JobState, JobView?> Visit(JobState? state, DateTimeOffset now) =>
        world.Protocol == Protocol.WithoutExpiry && state is { Status.IsHeld: true }
            ? new(state, JobMachine.View(state))
            : JobMachine.Sweep(state, World.NoInputs, World.Rules, now);

    private void Rebuild()
    {
        _queue = new JobQueue();
        foreach (var row in world.Catalog.Unfinished) Tell(row);
    }
}
