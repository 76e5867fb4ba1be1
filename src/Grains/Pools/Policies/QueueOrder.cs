using Ptune.Contracts.Pools;

namespace Ptune.Grains.Pools.Policies;

/// <summary>The order of a queue: the higher priority first, equals in the order of arrival, the id as the last tie-break.</summary>
internal sealed class QueueOrder : IComparer<QueuedJob>
{
    public static QueueOrder Instance { get; } = new();

    public int Compare(QueuedJob? x, QueuedJob? y)
    {
        if (ReferenceEquals(x, y)) return 0;
        if (x is null) return -1;
        if (y is null) return 1;
        var byPriority = y.Priority.CompareTo(x.Priority);
        if (byPriority != 0) return byPriority;
        var byArrival = x.Created.CompareTo(y.Created);
        return byArrival != 0 ? byArrival : string.CompareOrdinal(x.JobId, y.JobId);
    }
}
