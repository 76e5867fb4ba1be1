using System.Diagnostics.CodeAnalysis;
using Ptune.Grains.Pools.Index;

namespace Ptune.Grains.Pools.Running;

/// <summary>The jobs in workers' hands: by id, by tenant (in the accounts) and by worker.</summary>
internal sealed class RunningJobs
{
    private readonly Dictionary<string, RunningJob> _byId = [];
    private readonly Dictionary<string, List<RunningJob>> _byWorker = [];

    public int Count => _byId.Count;

    public IEnumerable<RunningJob> All => _byId.Values;

    public bool Contains(string jobId) => _byId.ContainsKey(jobId);

    public bool TryFind(string jobId, [NotNullWhen(true)] out RunningJob? job) => _byId.TryGetValue(jobId, out job);

    public IReadOnlyList<RunningJob> On(string workerId) => _byWorker.TryGetValue(workerId, out var jobs) ? jobs : [];

    /// <summary>What the jobs on a device asked for or are likely to take, in GiB.</summary>
    public double UsedGiB(Seat seat) => On(seat.WorkerId).Where(job => job.Seat!.Value.Meets(seat)).Sum(job => job.MemoryGiB);

    public void Add(RunningJob job)
    {
        Remove(job.JobId);
        _byId.Add(job.JobId, job);
        job.Account.Running++;
        if (job.Permit is { } permit) job.Account.Permits?.Hold(permit);
        if (job.Seat is { } seat) Attach(job, seat);
    }

    /// <summary>The job's permit has become known, or is another one.</summary>
    public void Know(RunningJob job, int permit)
    {
        if (job.Account.Permits is not { } permits || job.Permit == permit) return;
        if (job.Permit is { } old) permits.Release(old);
        permits.Hold(permit);
        job.Permit = permit;
    }

    /// <summary>The job's worker has become known, or is another one.</summary>
    public void Move(RunningJob job, Seat seat)
    {
        if (job.IsComputed || (job.Seat is { } known && known.Meets(seat))) return;
        Detach(job);
        Attach(job, seat);
    }

    /// <summary>The job needs its device no more. It still counts as its tenant's until it has ended.</summary>
    public void LeaveSeat(string jobId)
    {
        if (!_byId.TryGetValue(jobId, out var job)) return;
        Detach(job);
        (job.Seat, job.IsComputed) = (null, true);
    }

    public RunningJob? Remove(string jobId)
    {
        if (!_byId.Remove(jobId, out var job)) return null;
        job.Account.Running--;
        if (job.Permit is { } permit) job.Account.Permits?.Release(permit);
        Detach(job);
        return job;
    }

    private void Attach(RunningJob job, Seat seat)
    {
        job.Seat = seat;
        if (!_byWorker.TryGetValue(seat.WorkerId, out var jobs)) _byWorker.Add(seat.WorkerId, jobs = []);
        jobs.Add(job);
    }

    private void Detach(RunningJob job)
    {
        if (job.Seat is not { } seat || !_byWorker.TryGetValue(seat.WorkerId, out var jobs)) return;
        jobs.Remove(job);
        if (jobs.Count == 0) _byWorker.Remove(seat.WorkerId);
    }
}
