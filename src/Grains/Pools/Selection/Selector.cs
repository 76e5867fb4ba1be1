using Ptune.Grains.Pools.Holds;
using Ptune.Grains.Pools.Index;
using Ptune.Grains.Pools.Policies;

namespace Ptune.Grains.Pools.Selection;

/// <summary>
/// Which job a worker gets. Hard constraints first (<see cref="Fit"/>, <see cref="Quota"/>, workers that are kept for others); then the highest effective
/// priority (<see cref="Ageing"/>); then the tenant that has had least of its share (<see cref="FairShare"/>); then the order of arrival, but for warm
/// models (<see cref="WarmModels"/>); last the id. No preference ever crosses a priority.
/// </summary>
internal sealed class Selector(JobIndex index, HoldBook holds, FairShare shares, SchedulingRules rules)
{
    // Of the jobs in back-off of a lane. Each that has a worker kept for it is passed over, so it is about as many as there are workers.
    private const int MostLookedAt = 256;

    /// <summary>Decides, and remembers whom the choice overtook; the chosen job stays in the index until the caller takes it.</summary>
    /// <returns>Null: nothing for this worker now.</returns>
    public QueueEntry? Pick(Candidate worker, DateTimeOffset now)
    {
        var front = Front.Of(index, worker, rules.Ageing, now);
        foreach (var hold in holds.On(worker.Seat, now))
        {
            var (isKept, entry) = Kept(hold, front, worker, now);
            if (isKept) return entry is null ? null : Charged(entry, now);
        }
        if (front.Tops.Count == 0 || IsHeldBack(front, worker, now)) return null;
        var (chosen, overtaken) = Choose(front, worker, now);
        if (IsBackfilled(front, chosen, worker, now)) return null;
        foreach (var equal in overtaken) equal.Overtaken++;
        return Charged(chosen, now);
    }

    private QueueEntry Charged(QueueEntry entry, DateTimeOffset now)
    {
        shares.Charge(Effective(entry, now), entry.Lane.Account);
        return entry;
    }

    /// <summary>What a hold on this worker says: nothing, or the job that it is kept for, or that nobody gets it.</summary>
    private (bool IsKept, QueueEntry? Entry) Kept(Hold hold, Front front, Candidate worker, DateTimeOffset now)
    {
        if (!index.TryFind(hold.JobId, out var entry) || Quota.IsFull(entry.Lane.Account) || Fit.Obstacle(entry.Lane.Shape, worker) is not null)
        {
            holds.Drop(hold.JobId);
            return (false, null);
        }
        entry.Lane.Promote(now);
        var isDelayed = entry.Lane.IsDelayed(entry);
        if (isDelayed != (hold.Reason == HoldReason.BackOff))
        {
            // Ready after its back-off, it is the first anyway; back in back-off, it has lost what was kept for it.
            holds.Drop(hold.JobId);
            return (false, null);
        }
        if (isDelayed) return (IsAllKept(worker, now) && IsLower(front, entry, now), null);
        if (front.Best > Effective(entry, now)) return (false, null);
        return (true, Fit.HasRoom(entry.Lane.Shape, worker) ? entry : null);
    }

    /// <summary>Each job for which the worker is kept needs one of its executors; whether no other is free.</summary>
    private bool IsAllKept(Candidate worker, DateTimeOffset now) => worker.Free <= holds.On(worker.Seat, now).Length;

    /// <summary>Whether a job in back-off would be overtaken by a lower priority: then an executor is kept for it. One for each such job is enough.</summary>
    private bool IsHeldBack(Front front, Candidate worker, DateTimeOffset now)
    {
        foreach (var lane in front.Delayed)
        {
            if (front.Tops.Any(top => top.Priority >= lane.Priority)) continue;
            if (lane.Delayed.Take(MostLookedAt).FirstOrDefault(e => !holds.Has(e.JobId) && IsLower(front, e, now)) is not { } entry) continue;
            holds.Add(new Hold(entry.JobId, worker.Seat, HoldReason.BackOff, new DateTimeOffset(entry.NotBefore, TimeSpan.Zero)));
            if (IsAllKept(worker, now)) return true;
        }
        return false;
    }

    /// <summary>Whether what could be chosen is below this job: in priority as asked for, and with their ages.</summary>
    private bool IsLower(Front front, QueueEntry entry, DateTimeOffset now) =>
        front.Best < Effective(entry, now) && front.Tops.All(lane => lane.Priority < entry.Lane.Priority);

    /// <summary>Whether a job before the chosen one waits for this worker's memory and has been passed too often: then the worker is kept for it.</summary>
    private bool IsBackfilled(Front front, QueueEntry chosen, Candidate worker, DateTimeOffset now)
    {
        foreach (var lane in front.Short)
        {
            var first = lane.Ready.First!;
            var effective = Effective(first, now);
            if (effective < front.Best || (effective == front.Best && Arrival.Order.Compare(first, chosen) > 0)) continue;
            if (first.Passed < rules.BackfillOvertakes || holds.Has(first.JobId))
            {
                first.Passed++;
                continue;
            }
            holds.Add(new Hold(first.JobId, worker.Seat, HoldReason.Backfill, now + rules.BackfillHold));
            return true;
        }
        return false;
    }

    private (QueueEntry Chosen, IEnumerable<QueueEntry> Overtaken) Choose(Front front, Candidate worker, DateTimeOffset now)
    {
        var account = Neediest(front);
        var lanes = front.Tops.Where(lane => lane.Account == account).ToArray();
        if (worker.Warm.Length == 0 || rules.Warm.Window == 1) return (lanes.Select(lane => lane.Ready.First!).Min(Arrival.Order)!, []);
        var equals = lanes
            .SelectMany(lane => lane.Ready.InOrder.Take(rules.Warm.Window).TakeWhile(e => Effective(e, now) == front.Best))
            .Order(Arrival.Order).Take(rules.Warm.Window).ToArray();
        var best = rules.Warm.Choose(equals, worker.Warm);
        return (equals[best], equals.Take(best));
    }

    /// <summary>The tenant that has had least of its share; of two alike, the one whose job came first.</summary>
    private Account Neediest(Front front)
    {
        var best = front.Tops[0];
        var start = shares.Start(front.Best, best.Account);
        foreach (var lane in front.Tops.Skip(1))
        {
            var other = lane.Account == best.Account ? start : shares.Start(front.Best, lane.Account);
            if (other > start || (other == start && Arrival.Order.Compare(lane.Ready.First, best.Ready.First) > 0)) continue;
            (best, start) = (lane, other);
        }
        return best.Account;
    }

    private int Effective(QueueEntry entry, DateTimeOffset now) => rules.Ageing.Effective(entry.Lane.Priority, entry.Created, now);
}
