namespace Ptune.Grains.Pools.Index;

/// <summary>First come, first served: the order among equals. The id is the last tie-break, so that every pool has the same order.</summary>
internal sealed class Arrival : IComparer<QueueEntry>
{
    public static Arrival Order { get; } = new();

    public int Compare(QueueEntry? x, QueueEntry? y)
    {
        if (ReferenceEquals(x, y)) return 0;
        if (x is null) return -1;
        if (y is null) return 1;
        var byArrival = x.Created.CompareTo(y.Created);
        return byArrival != 0 ? byArrival : string.CompareOrdinal(x.JobId, y.JobId);
    }
}
