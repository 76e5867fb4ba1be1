namespace Ptune.Grains.Pools.Running;

/// <summary>How long jobs of this pool held a worker until they ended: the mean of the last few.</summary>
internal sealed class Durations
{
    private const int Kept = 64;
    private readonly Queue<TimeSpan> _last = new();

    /// <summary>Null when none was measured.</summary>
    public TimeSpan? Mean => _last.Count == 0 ? null : TimeSpan.FromTicks((long)_last.Average(d => d.Ticks));

    public void Add(TimeSpan duration)
    {
        if (_last.Count == Kept) _last.Dequeue();
        _last.Enqueue(duration);
    }
}
