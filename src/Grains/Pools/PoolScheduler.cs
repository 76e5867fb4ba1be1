using Ptune.Contracts.Jobs;
using Ptune.Contracts.Pools;
using Ptune.Contracts.Stores;
using Ptune.Contracts.Workers;
using Ptune.Grains.Pools.Holds;
using Ptune.Grains.Pools.Index;
using Ptune.Grains.Pools.Policies;
using Ptune.Grains.Pools.Running;
using Ptune.Grains.Pools.Selection;
using Ptune.Grains.Pools.Waits;

namespace Ptune.Grains.Pools;

/// <summary>
/// What a pool knows and decides, without a clock, a store or a call: the queue, the running jobs, the workers, and which of them go together. All of it is a
/// cache of what jobs, catalog and workers say, and may be wrong for a moment: a job refuses a lease that it should not have been offered.
/// </summary>
internal sealed partial class PoolScheduler
{
    private readonly string _pool;
    private readonly SchedulingRules _rules;
    private readonly Accounts _accounts;
    private readonly JobIndex _index;
    private readonly RunningJobs _running = new();
    private readonly SlotBook _slots = new();
    private readonly HoldBook _holds = new();
    private readonly FairShare _shares = new();
    private readonly Durations _durations = new();
    private readonly Admissions _admissions;
    private readonly WorkerRoster _roster;
    private readonly Selector _selector;
    private readonly WaitReport _waits;

    public PoolScheduler(string pool, SchedulingRules rules)
    {
        (_pool, _rules) = (pool, rules);
        _accounts = new Accounts(() => rules.Tenants);
        _index = new JobIndex(_accounts);
        _admissions = new Admissions(pool, rules.AdmissionKept);
        _roster = new WorkerRoster(rules.WorkerForgottenAfter);
        _selector = new Selector(_index, _holds, _shares, rules);
        _waits = new WaitReport(pool, _index, _running, _holds, _shares, _durations, _roster, rules);
    }

    public int Queued => _index.Count;

    public int Leased => _running.Count;

    /// <summary>The job waits: it is new, or in nobody's hands any more.</summary>
    public void Enqueue(QueuedJob job)
    {
        _running.Remove(job.JobId);
        _admissions.Came(_index.Put(job).Lane.Account, job.JobId);
    }

    /// <summary>The job is final, or waits for something else than a worker.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="now">The time.</param>
    /// <param name="isDone">It has a result: others will take as long. How long one ran that was stopped, or failed, says nothing of them.</param>
    public void Remove(string jobId, DateTimeOffset now, bool isDone = false)
    {
        _index.Remove(jobId);
        _holds.Drop(jobId);
        if (_running.Remove(jobId) is { } ended && isDone && now >= ended.Since) _durations.Add(now - ended.Since);
    }

    /// <summary>
    /// Takes the next job for a worker out of the queue, null when there is none. From now on it counts as running, so that no two workers are offered it and
    /// no quota is passed while it is asked.
    /// </summary>
    public QueuedJob? Take(AcquireRequest request, DateTimeOffset now)
    {
        var order = _roster.OrderOf(request.WorkerId);
        if (order == WorkerOrder.Drain) return null;
        if (request.Storing is { } computed) _running.LeaveSeat(computed);
        var seat = new Seat(request.WorkerId, request.Device);
        var free = Math.Max(1, _roster.ExecutorsOf(request.WorkerId) - _running.On(request.WorkerId).Count);
        if (_selector.Pick(Candidate.Of(request, order, _running.UsedGiB(seat), free), now) is not { } entry) return null;
        _index.Remove(entry.JobId);
        _holds.Drop(entry.JobId);
        _running.Add(new RunningJob(entry.JobId, entry.Lane.Account, entry.Lane.Priority, entry.Created, entry.Lane.Shape.Memory, now)
        {
            Seat = seat,
            IsOffered = true,
            Undelivered = request.Slot,
            Permit = entry.Lane.Account.NextPermit(),
        });
        return entry.ToJob();
    }

    /// <summary>The job that was taken has given its lease.</summary>
    public void Granted(string jobId)
    {
        if (_running.TryFind(jobId, out var job)) job.IsOffered = false;
    }

    /// <summary>The job that was taken has refused.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="isPermitTaken">Because another one has the permit that it was offered with.</param>
    public void Refused(string jobId, bool isPermitTaken = false)
    {
        if (_running.Remove(jobId) is { Permit: { } permit } refused && isPermitTaken) refused.Account.Permits?.Miss(permit);
    }

    /// <summary>The permit that the job was offered with; null where its tenant has no quota.</summary>
    public int? PermitOf(string jobId) => _running.TryFind(jobId, out var job) ? job.Permit : null;

    /// <summary>Places for new jobs of a tenant; see <see cref="IPoolGrain.Admit"/>.</summary>
    public string? Admit(string tenant, string[] jobIds, DateTimeOffset now) =>
        _admissions.Admit(_accounts.Of(tenant), [.. jobIds.Where(id => !_index.Contains(id) && !_running.Contains(id))], now);

    public void Hear(WorkerView worker, DateTimeOffset now)
    {
        _roster.Hear(worker, now);
        if (worker.Order == WorkerOrder.Drain) _holds.DropWorker(worker.WorkerId);
        foreach (var id in worker.Report.Running)
        {
            if (_running.TryFind(id, out var job)) _running.Move(job, new Seat(worker.WorkerId, worker.Report.Device));
        }
    }

    /// <returns>The jobs that count as running on it.</returns>
    public string[] Leave(string workerId)
    {
        _roster.Leave(workerId);
        _holds.DropWorker(workerId);
        _slots.Leave(workerId);
        return [.. _running.On(workerId).Select(job => job.JobId)];
    }

    /// <summary>Whether a job waits.</summary>
    public bool HasWork => _index.Count > 0;

    /// <summary>How many workers to wake: as many as there is work for; one, where none has told of itself yet.</summary>
    public int ToWake(DateTimeOffset now) => Math.Min(_index.Count, _roster.At(now).Length == 0 ? 1 : _roster.Idle(now));

    public WaitView? Explain(string jobId, DateTimeOffset now) => _index.TryFind(jobId, out var entry) ? _waits.Explain(entry, now) : null;

    public PoolView View(DateTimeOffset now) => new(
        _pool, _index.Count, _running.Count, _roster.At(now),
        [.. _accounts.All.Where(a => a.Queued + a.Running > 0).OrderBy(a => a.Name, StringComparer.Ordinal).Select(a => new PoolTenant(a.Name, a.Queued, a.Running, a.Weight, a.MaxRunning, a.MaxQueued))],
        _waits.Count(now));
}
