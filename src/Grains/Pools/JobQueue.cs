using Ptune.Contracts.Pools;
using Ptune.Grains.Pools.Policies;

namespace Ptune.Grains.Pools;

/// <summary>The queue's index in memory: by id, and in the order of <see cref="QueueOrder"/>.</summary>
internal sealed class JobQueue
{
    private readonly Dictionary<string, QueueEntry> _byId = [];
    private readonly SortedSet<QueueEntry> _inOrder = new(Comparer<QueueEntry>.Create((x, y) => QueueOrder.Instance.Compare(x.Job, y.Job)));

    public int Count => _byId.Count;

    public IEnumerable<QueueEntry> InOrder => _inOrder;

    public bool Contains(string jobId) => _byId.ContainsKey(jobId);

    /// <summary>Puts a job in, or in its new place.</summary>
    public void Put(QueuedJob job) => Insert(new QueueEntry(job, _byId.GetValueOrDefault(job.JobId)?.Overtaken ?? 0));

    public bool Remove(string jobId)
    {
        if (!_byId.Remove(jobId, out var entry)) return false;
        _inOrder.Remove(entry);
        return true;
    }

    /// <summary>Takes a chosen job out, and remembers whom it overtook.</summary>
    public void Take(Chosen chosen)
    {
        Remove(chosen.Entry.Job.JobId);
        foreach (var entry in chosen.Overtaken) Insert(entry with { Overtaken = entry.Overtaken + 1 });
    }

    private void Insert(QueueEntry entry)
    {
        Remove(entry.Job.JobId);
        _byId[entry.Job.JobId] = entry;
        _inOrder.Add(entry);
    }
}
