using System.Diagnostics.CodeAnalysis;
using Ptune.Contracts.Pools;

namespace Ptune.Grains.Pools.Index;

/// <summary>The queue in memory: by id, and by priority, tenant and shape. No operation walks over the jobs.</summary>
internal sealed class JobIndex(Accounts accounts)
{
    private static readonly Comparer<int> _highestFirst = Comparer<int>.Create((x, y) => y.CompareTo(x));

    private readonly Dictionary<string, QueueEntry> _byId = [];
    private readonly SortedList<int, PriorityClass> _classes = new(_highestFirst);
    private readonly Shapes _shapes = new();

    public int Count => _byId.Count;

    /// <summary>The highest priority first.</summary>
    public IList<PriorityClass> Classes => _classes.Values;

    public IEnumerable<Lane> Lanes => _classes.Values.SelectMany(c => c.Lanes);

    public bool Contains(string jobId) => _byId.ContainsKey(jobId);

    public bool TryFind(string jobId, [NotNullWhen(true)] out QueueEntry? entry) => _byId.TryGetValue(jobId, out entry);

    /// <summary>Puts a job in, or in its new place.</summary>
    public QueueEntry Put(QueuedJob job)
    {
        var known = Remove(job.JobId);
        if (!_classes.TryGetValue(job.Priority, out var equals)) _classes.Add(job.Priority, equals = new PriorityClass(job.Priority));
        var lane = equals.Lane(accounts.Of(job.Tenant), _shapes.Intern(Shape.Of(job.Needs, job.ExcludedWorkers, job.EstimatedGiB)));
        if (lane.Count == 0) _shapes.Use(lane.Shape);
        var entry = new QueueEntry(job.JobId, job.Created.UtcTicks, job.NotBefore?.UtcTicks ?? 0, job.Models.Length == 0 ? [] : job.Models, lane)
        {
            Overtaken = known?.Overtaken ?? 0,
            Passed = known?.Passed ?? 0,
        };
        lane.Add(entry);
        _byId.Add(job.JobId, entry);
        lane.Account.Queued++;
        return entry;
    }

    public QueueEntry? Remove(string jobId)
    {
        if (!_byId.Remove(jobId, out var entry)) return null;
        var lane = entry.Lane;
        lane.Remove(entry);
        lane.Account.Queued--;
        if (lane.Count > 0) return entry;
        var equals = _classes[lane.Priority];
        equals.Forget(lane);
        if (equals.Lanes.Count == 0) _classes.Remove(lane.Priority);
        _shapes.Return(lane.Shape);
        return entry;
    }
}
