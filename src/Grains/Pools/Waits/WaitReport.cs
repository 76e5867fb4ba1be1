using System.Globalization;
using Ptune.Contracts.Pools;
using Ptune.Contracts.Workers;
using Ptune.Grains.Pools.Holds;
using Ptune.Grains.Pools.Index;
using Ptune.Grains.Pools.Policies;
using Ptune.Grains.Pools.Running;

namespace Ptune.Grains.Pools.Waits;

/// <summary>Why queued jobs wait: of the rules that hold a job, the one that has to give way first.</summary>
internal sealed class WaitReport(
    string pool, JobIndex index, RunningJobs running, HoldBook holds, FairShare shares, Durations durations, WorkerRoster roster, SchedulingRules rules)
{
    public WaitView Explain(QueueEntry entry, DateTimeOffset now)
    {
        var workers = roster.At(now);
        var place = Place.Of(entry, index, shares, rules.Ageing, now);
        var fitting = workers.Where(w => Fit.Obstacle(entry.Lane.Shape, Candidate.Of(w, 0)) is null).ToArray();
        entry.Lane.Promote(now);
        var (rule, why) = Rule(entry, place, workers, fitting, now);
        return new WaitView(entry.JobId, pool, place.Position, index.Count, rule, why, Start(entry, place, rule, fitting, now), fitting.Length);
    }

    /// <summary>How many jobs each rule holds, lane by lane.</summary>
    public PoolWait[] Count(DateTimeOffset now)
    {
        var workers = roster.At(now);
        var counts = new SortedDictionary<WaitRule, int>();
        var obstacles = new Dictionary<Shape, WaitRule?>(ReferenceEqualityComparer.Instance);
        int? top = null;
        foreach (var lane in index.Lanes)
        {
            lane.Promote(now);
            if (!obstacles.TryGetValue(lane.Shape, out var obstacle)) obstacles.Add(lane.Shape, obstacle = Nearest(lane.Shape, workers)?.Rule);
            if (workers.Length == 0) Add(WaitRule.NoWorker, lane.Count);
            else if (obstacle is { } rule) Add(rule, lane.Count);
            else
            {
                Add(WaitRule.BackOff, lane.Delayed.Count);
                if (Quota.IsFull(lane.Account)) Add(WaitRule.Quota, lane.Ready.Count);
                else if (lane.Ready.Count > 0) Add((top ??= lane.Priority) == lane.Priority ? WaitRule.Turn : WaitRule.Priority, lane.Ready.Count);
            }
        }
        return [.. counts.Select(c => new PoolWait(c.Key, c.Value))];

        void Add(WaitRule rule, int jobs)
        {
            if (jobs > 0) counts[rule] = counts.GetValueOrDefault(rule) + jobs;
        }
    }

    private (WaitRule Rule, string Why) Rule(QueueEntry entry, Place place, WorkerView[] workers, WorkerView[] fitting, DateTimeOffset now)
    {
        var account = entry.Lane.Account;
        if (workers.Length == 0)
            return (WaitRule.NoWorker, $"no worker of pool {pool} has reported in the last {Span(rules.WorkerForgottenAfter)}; start one, or submit to another pool");
        if (Nearest(entry.Lane.Shape, workers) is { } obstacle)
            return (obstacle.Rule, $"{obstacle.Words}{(workers.Length == 1 ? "" : $"; none of the {workers.Length} workers of pool {pool} fits")}");
        if (entry.Lane.IsDelayed(entry))
            return (WaitRule.BackOff, $"its last attempt failed; the next one starts at {Time(entry.NotBefore)} or later");
        if (Quota.IsFull(account))
            return (WaitRule.Quota, $"tenant {account.Name} runs {account.Running} of at most {account.MaxRunning} jobs in pool {pool}");
        if (holds.TryFind(entry.JobId, out var hold))
            return (WaitRule.Reserved, hold.Reason == HoldReason.Preemption
                ? $"{hold.Seat.WorkerId} is reserved for it: a lower-priority job was asked to save a checkpoint and make room"
                : $"{hold.Seat.WorkerId} is reserved for it until {Gib(Needed(entry.Lane.Shape, hold.Seat, workers))} are free there");
        if (place.Higher > 0)
            return (WaitRule.Priority, $"{Jobs(place.Higher)} of higher priority {(place.Higher == 1 ? "goes" : "go")} first{(place.Equal > 0 ? $", then {Jobs(place.Equal)} of the same priority" : "")}");
        if (place.Equal > 0)
            return (WaitRule.Turn, $"{Jobs(place.Equal)} of the same priority {(place.Equal == 1 ? "goes" : "go")} first, in order of arrival, shared among {Tenants(index.Lanes)} by weight");
        var idle = fitting.Where(w => w.Report.Executors > running.On(w.WorkerId).Count).ToArray();
        if (idle.Any(w => Fit.HasRoom(entry.Lane.Shape, Now(w)))) return (WaitRule.Next, "it is next; a worker has been woken");
        return idle.Length > 0 ? (WaitRule.Busy, $"it is next; {Room(entry.Lane.Shape, Now(idle[0]))}")
            : (WaitRule.Busy, $"it is next; {(fitting.Length == 1 ? "the only worker that fits is" : $"all {fitting.Length} workers that fit are")} busy");
    }

    private Candidate Now(WorkerView worker) => Candidate.Of(worker, running.UsedGiB(new Seat(worker.WorkerId, worker.Report.Device)));

    /// <summary>Of the worker that is reserved for it: an estimate counts for no more than it has.</summary>
    private static double Needed(Shape shape, Seat seat, WorkerView[] workers) =>
        workers.FirstOrDefault(w => w.WorkerId == seat.WorkerId) is { } worker ? Fit.Taken(shape, Candidate.Of(worker, 0)) ?? shape.Memory : shape.Memory;

    private static string Room(Shape shape, Candidate worker) => string.Create(CultureInfo.InvariantCulture,
        $"it {(shape.EstimatedGiB is null ? "needs" : "is estimated to need")} {Gib(shape.Memory)}, but jobs on {worker.Seat.WorkerId} have reserved {Gib(worker.UsedGiB)} of its {Gib(worker.MemoryGiB.GetValueOrDefault())}");

    /// <summary>What keeps such jobs from all workers: of each worker's obstacle, the one that is nearest to giving way. Null: some worker fits.</summary>
    private static Obstacle? Nearest(Shape shape, WorkerView[] workers)
    {
        Obstacle? nearest = null;
        foreach (var worker in workers)
        {
            if (Fit.Obstacle(shape, Candidate.Of(worker, 0)) is not { } obstacle) return null;
            if (nearest is null || obstacle.Rule > nearest.Rule) nearest = obstacle;
        }
        return nearest;
    }

    /// <summary>
    /// With s executors that fit and jobs that take d on average, one of them is free every d/s: the job at position p starts after about p d/s. An idle executor takes
    /// the first at once.
    /// </summary>
    private DateTimeOffset? Start(QueueEntry entry, Place place, WaitRule rule, WorkerView[] fitting, DateTimeOffset now)
    {
        var seats = fitting.Sum(w => w.Report.Executors);
        if (seats == 0) return null;
        var idle = fitting.Sum(w => Math.Max(0, w.Report.Executors - running.On(w.WorkerId).Count));
        var earliest = rule == WaitRule.BackOff ? new DateTimeOffset(entry.NotBefore, TimeSpan.Zero) : now;
        if (rule != WaitRule.Quota && place.Position <= idle) return earliest;
        if (durations.Mean is not { } mean) return null;
        var start = now + (mean * ((double)Math.Max(1, place.Position - idle) / seats));
        return start > earliest ? start : earliest;
    }

    private static int TenantsOf(IEnumerable<Lane> lanes) => lanes.Select(lane => lane.Account).Distinct().Count();

    private static string Tenants(IEnumerable<Lane> lanes) => TenantsOf(lanes) is var n && n == 1 ? "one tenant" : $"{n} tenants";

    private static string Jobs(int count) => count == 1 ? "1 job" : string.Create(CultureInfo.InvariantCulture, $"{count} jobs");

    private static string Gib(double memory) => memory.ToString("0.###", CultureInfo.InvariantCulture) + " GiB";

    private static string Span(TimeSpan span) => span.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture) + " s";

    private static string Time(long ticks) => new DateTimeOffset(ticks, TimeSpan.Zero).ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
