using Ptune.Contracts.Estimates;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Pools;
using Ptune.Contracts.Stores;
using Ptune.Grains.Pools.Index;
using Ptune.Grains.Pools.Policies;
using Ptune.Grains.Pools.Running;

namespace Ptune.Grains.Pools;

/// <summary>What the catalog and the jobs themselves say.</summary>
internal sealed partial class PoolScheduler
{
    /// <summary>
    /// A row of the catalog. One with a held status wins over a notification that arrived during the rebuild: a job's row is written before its notification is sent, so the
    /// notification is older; where the row was read before that, the next sweep asks the job itself.
    /// </summary>
    public void Recall(JobRow row, DateTimeOffset now)
    {
        if (_running.Contains(row.JobId)) return;
        if (row.Status.IsHeld)
        {
            _index.Remove(row.JobId);
            _holds.Drop(row.JobId);
            _running.Add(new RunningJob(row.JobId, _accounts.Of(row.Tenant), row.Priority, row.Created.UtcTicks, row.Needs?.MemoryGiB ?? row.EstimatedGiB ?? 0, now) { Permit = row.Permit });
        }
        else if (row.Status == JobStatus.Queued && !_index.Contains(row.JobId)) _index.Put(new QueuedJob(row.JobId, row.Tenant, row.Priority, row.Created, [], Needs: row.Needs, EstimatedGiB: row.EstimatedGiB));
    }

    /// <summary>A row says which permit a running job has; an offer under way is newer.</summary>
    public void LearnPermit(JobRow row)
    {
        if (row is { Status.IsHeld: true, Permit: { } permit } && _running.TryFind(row.JobId, out var job) && !job.IsOffered) _running.Know(job, permit);
    }

    /// <summary>Something that changes whenever the pool comes to know something else of the job; an answer to an older question is to be passed over.</summary>
    public object? Mark(string jobId) => _running.TryFind(jobId, out var running) ? running : _index.TryFind(jobId, out var entry) ? entry : null;

    public bool IsRunning(string jobId) => _running.Contains(jobId);

    /// <summary>It is being offered to a worker: whatever else it reports meanwhile is older than its answer.</summary>
    public bool IsOffered(string jobId) => _running.TryFind(jobId, out var job) && job.IsOffered;

    /// <summary>Brings the index in line with what the job itself reports.</summary>
    public void See(JobView job, DateTimeOffset now)
    {
        if (job.Status.IsHeld) SeeRunning(job, now);
        else if (job.Status == JobStatus.Queued) SeeQueued(job);
        else
        {
            _index.Remove(job.JobId);
            _running.Remove(job.JobId);
            _holds.Drop(job.JobId);
        }
    }

    /// <summary>To be called from time to time: forgets what is of no use any more.</summary>
    public void Tidy(DateTimeOffset now)
    {
        var waited = new HashSet<int>(_index.Lanes.Where(lane => lane.Ready.Count > 0).Select(lane => _rules.Ageing.Effective(lane.Priority, lane.Ready.First!.Created, now)));
        _accounts.Refresh();
        _shares.Keep(waited.Contains);
        _slots.Forget(now - _rules.LeaseDuration - _rules.WorkerForgottenAfter);
        foreach (var account in _accounts.All) account.Permits?.ForgetElsewhere();
        var known = _roster.At(now).Select(worker => worker.WorkerId).ToHashSet();
        foreach (var hold in _holds.All.Where(hold => !known.Contains(hold.Seat.WorkerId)).ToArray()) _holds.Drop(hold.JobId);
    }

    /// <summary>Jobs that count as running and are not among those: one that ended while the pool looked the other way would count for ever.</summary>
    public string[] RunningBut(IEnumerable<string> jobIds) => [.. _running.All.Where(job => !job.IsOffered).Select(job => job.JobId).Except(jobIds)];

    private void SeeQueued(JobView job)
    {
        if (_running.TryFind(job.JobId, out var offered) && offered.IsOffered) return;
        _running.Remove(job.JobId);
        var seen = new QueuedJob(job.JobId, JobIds.Tenant(job.JobId), job.Priority, job.Created, [], job.NotBefore, job.ExcludedWorkers, job.Spec.Scheduling.Needs, MemoryClass.GiB(job.EstimatedMemoryBytes));
        if (!_index.TryFind(job.JobId, out var known)) _index.Put(seen);
        else if (!IsSame(known, seen)) _index.Put(seen with { Models = known.Models });
    }

    private void SeeRunning(JobView job, DateTimeOffset now)
    {
        _index.Remove(job.JobId);
        _holds.Drop(job.JobId);
        var since = job.Timeline.LastOrDefault(e => e.Status == JobStatus.Leased)?.At ?? job.Started ?? now;
        if (!_running.TryFind(job.JobId, out var running))
            _running.Add(running = new RunningJob(job.JobId, _accounts.Of(JobIds.Tenant(job.JobId)), job.Priority, job.Created.UtcTicks, 0, since));
        running.IsOffered = false;
        running.Undelivered = job.Undelivered;
        running.Priority = job.Priority;
        running.MemoryGiB = job.Spec.Scheduling.Needs?.MemoryGiB ?? MemoryClass.GiB(job.EstimatedMemoryBytes) ?? 0;
        running.IsStopping = job.Status is JobStatus.Cancelling or JobStatus.Suspending;
        running.Hear(since, job.Checkpoint is { } point && point.Epoch == job.Epoch ? point.Blob : null, now);
        if (job.Worker is { } worker) _running.Move(running, new Seat(worker, null));
    }

    private static bool IsSame(QueueEntry known, QueuedJob seen) =>
        known.Lane.Priority == seen.Priority && known.Lane.Shape.Equals(Shape.Of(seen.Needs, seen.ExcludedWorkers, seen.EstimatedGiB)) && known.NotBefore == (seen.NotBefore?.UtcTicks ?? 0);
}
