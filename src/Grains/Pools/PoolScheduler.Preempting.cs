using Ptune.Contracts.Workers;
using Ptune.Grains.Pools.Holds;
using Ptune.Grains.Pools.Index;
using Ptune.Grains.Pools.Policies;
using Ptune.Grains.Pools.Running;

namespace Ptune.Grains.Pools;

/// <summary>Who makes room for whom.</summary>
internal sealed partial class PoolScheduler
{
    private const int MostWaitingLookedAt = 16;

    /// <summary>Whether a job that has just come might drive one out: it is the first of its lane, and there is one that is low enough.</summary>
    public bool IsUrgent(string jobId) =>
        _running.Count > 0 && _index.TryFind(jobId, out var entry) && ReferenceEquals(entry.Lane.Ready.First, entry)
        && entry.Lane.Priority - _running.All.Min(job => job.Priority) >= _rules.Preemption.Gap;

    /// <summary>
    /// The running jobs to ask for their places, each with the waiting job that the place is kept for from now on. Jobs that some idle worker could take, that are in
    /// back-off, or whose tenant runs as many as it may drive nobody out.
    /// </summary>
    public IReadOnlyList<(RunningJob Victim, QueueEntry For)> Preempt(DateTimeOffset now)
    {
        if (_index.Count == 0 || _running.Count == 0) return [];
        var lowest = _running.All.Min(job => job.Priority);
        var workers = _roster.At(now).Where(w => w.Order == WorkerOrder.Work).ToDictionary(w => w.WorkerId);
        var free = workers.Values.ToDictionary(w => w.WorkerId, w => w.Report.Executors - _running.On(w.WorkerId).Count);
        var places = _running.All
            .Where(job => job.Seat is { } seat && workers.ContainsKey(seat.WorkerId))
            .Select(job => (job, Candidate.Of(workers[job.Seat!.Value.WorkerId], _running.UsedGiB(job.Seat.Value))))
            .ToArray();
        var coming = _holds.All.Where(hold => hold.Reason == HoldReason.Preemption && _index.Contains(hold.JobId))
            .CountBy(hold => _index.TryFind(hold.JobId, out var entry) ? entry.Lane.Account : throw new InvalidOperationException(hold.JobId)).ToDictionary();
        var moves = new List<(RunningJob, QueueEntry)>();
        foreach (var equals in _index.Classes.TakeWhile(c => c.Priority - lowest >= _rules.Preemption.Gap))
        {
            foreach (var (lane, entry) in equals.Lanes.Where(l => !Quota.IsFull(l.Account)).SelectMany(l => Waiting(l, now).Select(e => (l, e))))
            {
                if (_holds.Has(entry.JobId) || IsFull(lane.Account, coming) || TakeFree(lane.Shape, workers, free)) continue;
                if (_rules.Preemption.Victim(entry, places, now) is not { } victim) break;
                coming[lane.Account] = coming.GetValueOrDefault(lane.Account) + 1;
                victim.IsStopping = true;
                _holds.Add(new Hold(entry.JobId, victim.Seat!.Value, HoldReason.Preemption, now + _rules.PreemptionGrace));
                moves.Add((victim, entry));
            }
        }
        return moves;
    }

    /// <summary>Whether the tenant will run as many as it may when those for whom workers are freed have started.</summary>
    private static bool IsFull(Account account, Dictionary<Account, int> coming) => account.Taken + coming.GetValueOrDefault(account) >= account.MaxRunning;

    /// <summary>The first jobs of a lane, no more than their tenant may have running.</summary>
    private static QueueEntry[] Waiting(Lane lane, DateTimeOffset now)
    {
        lane.Promote(now);
        var most = lane.Account.MaxRunning is { } limit ? limit - lane.Account.Taken : MostWaitingLookedAt;
        return [.. lane.Ready.InOrder.Take(Math.Min(most, MostWaitingLookedAt))];
    }

    /// <summary>Whether an idle worker will take such a job; each idle executor counts once.</summary>
    private bool TakeFree(Shape shape, Dictionary<string, WorkerView> workers, Dictionary<string, int> free)
    {
        foreach (var (id, worker) in workers)
        {
            if (free[id] <= 0) continue;
            var place = Candidate.Of(worker, _running.UsedGiB(new Seat(id, null)));
            if (Fit.Obstacle(shape, place) is not null || (place.Device != Contracts.Specs.DeviceKind.Cuda && !Fit.HasRoom(shape, place))) continue;
            free[id]--;
            return true;
        }
        return false;
    }
}
