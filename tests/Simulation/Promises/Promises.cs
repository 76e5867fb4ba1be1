using Ptune.Contracts.Jobs;
using Ptune.Contracts.Stores;
using Ptune.Grains.Jobs;
using Ptune.Grains.Pools;
using Ptune.Grains.Studies;
using Ptune.Grains.Sweeps;
using Ptune.Simulation.Tests.Machines;
using Ptune.Simulation.Tests.People;
using Ptune.Simulation.Tests.Silos;

namespace Ptune.Simulation.Tests.Promises;

/// <summary>What must hold at every write that lands, at every answer, and at the end.</summary>
internal sealed class Promises(World world)
{
    // With nothing in its way, a lease that a living worker was not told of is found within its call's patience, an attempt at another job, a sweep and a poll.
    private const double LostLeaseIsFound = 30;

    private readonly Dictionary<(string Job, long Epoch), string> _leased = [];
    private readonly HashSet<(string Job, long Epoch)> _given = [];
    private readonly HashSet<(string Job, long Epoch)> _received = [];
    private readonly DeviceTimePromises _deviceTime = new(world);
    private readonly HashSet<string> _acknowledged = [];
    private readonly Dictionary<string, (string Worker, long Epoch)> _accepted = [];

    /// <summary>The first promise that was broken.</summary>
    public ViolationException? Broken { get; private set; }

    public void Written(GrainKey key, object? before, object after)
    {
        if (before is JobState old && after is JobState next)
        {
            Written(old, next);
            Demand(_deviceTime.Written(old, next));
        }
        if (before is SweepState sweep && after is SweepState nextSweep) Demand(SweepPromises.Written(sweep, nextSweep));
    }

    /// <summary>The catalog never hears of what does not stand.</summary>
    public void Told(JobRow row)
    {
        if (world.FindJob(row.JobId) is { } job)
            Demand(row.Version <= job.Version, $"the catalog was told of version {row.Version}, which was never written", job);
    }

    /// <summary>A worker has the lease in its hands, and begins.</summary>
    public void Received(Lease lease, Machine worker) =>
        Demand(_received.Add((lease.JobId, lease.Epoch)), $"epoch {lease.Epoch} was begun twice, the second time by {worker.Name}", world.FindJob(lease.JobId)!);

    public void Answered(string method, GrainKey key, object?[] args, object? answer)
    {
        if (answer is LeaseResult { Lease: { } lease } && args[0] is LeaseRequest { WorkerId: var worker })
            Demand(_leased.TryAdd((lease.JobId, lease.Epoch), worker) || _leased[(lease.JobId, lease.Epoch)] == worker, $"epoch {lease.Epoch} was given to two workers", world.FindJob(lease.JobId)!);
        if (world.Quota is not null && answer is Lease given) CheckQuota(given);
        if (answer is AttemptReply.Accepted && args[0] is AttemptCompletion done)
            Demand(Accept(key.Key, (done.WorkerId, done.Epoch)), "the results of two attempts were accepted", world.FindJob(key.Key)!);
        if (method != nameof(IJobGrain.Submit)) return;
        _acknowledged.Add(key.Key);
        if (key.Grain == typeof(JobGrain))
            Demand(world.Catalog.Jobs.ContainsKey(key.Key), "a submit was acknowledged, but the catalog does not know the job", world.FindJob(key.Key)!);
    }

    public void CheckEnd()
    {
        if (Broken is not null) throw Broken;
        if (world.Scene == Scene.Jobs) CheckJobs();
        else if (world.Study is { } study) CheckStudy(study);
        else if (world.Sweep is { } sweep) Demand(SweepPromises.AtEnd(sweep, world.Search!, id => world.FindJob(id)?.Status));
        else CheckLost(world.Search?.Id ?? Order.Plan.StudyId);
        Demand(_deviceTime.AtEnd());
        if (world.IsAudited) Demand(world.AuditPromises.AtEnd());
        if (Broken is not null) throw Broken;
    }

    private void CheckStudy(StudyState study)
    {
        if (!study.Status.IsFinal) throw new ViolationException($"the study never ended: {study.Status}\n  {string.Join("\n  ", study.Cells.Select(c => $"{c.Key}: {c.Status}, and its job is {world.FindJob(c.JobId)?.Status.ToString() ?? "unknown"}"))}");
        // What a cancelled one has withdrawn from may go on for others.
        foreach (var cell in study.Cells.Where(c => c.Status is not null && study.Status != JobStatus.Cancelled))
            Demand(world.FindJob(cell.JobId)!.Status == cell.Status, $"the study has {cell.Status} of {cell.Key}", world.FindJob(cell.JobId)!);
        var failed = study.Cells.FirstOrDefault(c => c.Status is JobStatus.Failed or JobStatus.Cancelled);
        var skipped = study.Cells.FirstOrDefault(c => c.Status is null);
        if (failed is null && skipped is not null && study.Status != JobStatus.Cancelled) throw new ViolationException($"the study left {skipped.Key} out");
    }

    private void CheckLost(string id)
    {
        if (_acknowledged.Contains(id)) throw new ViolationException($"{id} was lost");
    }

    private void CheckJobs()
    {
        foreach (var order in world.Orders)
        {
            if (world.FindJob(order.Id) is not { } job)
            {
                CheckLost(order.Id);
                continue;
            }
            Demand(job.Status.IsFinal, "the job never ended", job);
            Demand(world.Catalog.Jobs.ContainsKey(order.Id), "the catalog does not know the job", job);
            Demand(job.Status != JobStatus.Failed || job.Cause == FailureCause.Dependency || IsUsedUp(job), "the job failed before its tries were used up", job);
        }
        foreach (var row in world.Catalog.Jobs.Values.Where(r => !r.Status.IsFinal))
            Demand(world.FindJob(row.JobId) is null, $"the catalog never heard of the end: it has {row.Status} at version {row.Version}", world.FindJob(row.JobId)!);
    }

    private void Written(JobState before, JobState after)
    {
        Demand(after.Version >= before.Version, "a version went back", after);
        Demand(after.Epoch >= before.Epoch, "an epoch went back", after);
        Demand(after.Epoch <= before.Epoch + 1, "an epoch was left out", after);
        Demand(before.Status != JobStatus.Succeeded || after.Status == JobStatus.Succeeded, "a job that had succeeded went on", after);
        Demand(before.Status != JobStatus.Succeeded || after.Result?.Artifact == before.Result!.Artifact, "a result was replaced", after);
        var holder = World.Attempt(before.JobId, before.Worker, before.Epoch);
        if (after.Checkpoint is { } checkpoint && checkpoint != before.Checkpoint)
            Demand(before.Status.IsHeld && checkpoint.Blob == holder, $"the checkpoint of {checkpoint.Blob} was taken while {holder} held the lease", after);
        if (before.Status == JobStatus.Leased && after.Failures > before.Failures && after.Cause == FailureCause.Infrastructure) Expired(before);
        if (before.Status == JobStatus.Succeeded || after.Status != JobStatus.Succeeded) return;
        var author = after.Result!.Attributes["attempt"];
        Demand(before.Status.IsHeld && author == holder, $"the result of {author} was taken while {holder} held the lease", after);
    }

    /// <summary>A lease ran out. Its worker must have heard of it.</summary>
    private void Expired(JobState lost)
    {
        if (_received.Contains((lost.JobId, lost.Epoch))) return;
        var undisturbed = world.Workers.Find(w => w.Name == lost.Worker)?.Undisturbed ?? 0;
        Demand(undisturbed < LostLeaseIsFound, $"the lease of epoch {lost.Epoch} was never given to {lost.Worker}, which lives", lost);
    }

    private bool IsUsedUp(JobState job)
    {
        var policy = RetryPolicy.Of(world.Options.Value);
        return job.InARow.Any(c => c.Count >= Math.Min(policy.For(c.Cause).Tries, job.Spec.Scheduling.MaxAttempts));
    }

    /// <summary>A lease counts once a worker is given it. Two activations of the pool that give jobs away side by side are no excuse.</summary>
    private void CheckQuota(Lease given)
    {
        _given.Add((given.JobId, given.Epoch));
        var held = world.Orders.Count(o => world.FindJob(o.Id) is { Status.IsHeld: true } job && _given.Contains((o.Id, job.Epoch)));
        Demand(held <= world.Quota, $"{held} jobs run, and {world.Quota} may", world.FindJob(given.JobId)!);
    }

    private bool Accept(string job, (string Worker, long Epoch) attempt) => _accepted.TryAdd(job, attempt) || _accepted[job] == attempt;

    private void Demand(string? broken)
    {
        if (broken is not null) Broken ??= new ViolationException(broken);
    }

    private void Demand(bool holds, string promise, JobState state)
    {
        if (holds || Broken is not null) return;
        var timeline = string.Join("\n  ", state.Timeline.Select(e => $"{e.At:HH:mm:ss.fff} {e.Status} epoch {e.Epoch}: {e.Why}"));
        Broken = new ViolationException($"{promise}\n  {state.JobId} is {state.Status} at version {state.Version}\n  {timeline}");
    }
}
