namespace Ptune.Grains.Pools.Index;

/// <summary>The queued jobs of one priority, one tenant and one shape: whoever may be given one may be given all, so only the first few are ever looked at.</summary>
internal sealed class Lane(int priority, Account account, Shape shape)
{
    private static readonly Comparer<QueueEntry> _byTime = Comparer<QueueEntry>.Create(
        (x, y) => x.NotBefore.CompareTo(y.NotBefore) is var byTime and not 0 ? byTime : Arrival.Order.Compare(x, y));

    private readonly SortedSet<QueueEntry> _delayed = new(_byTime);

    public int Priority => priority;

    public Account Account => account;

    public Shape Shape => shape;

    /// <summary>Those that may start.</summary>
    public Line Ready { get; } = new();

    /// <summary>Those in back-off, the next to be ready first.</summary>
    public IReadOnlyCollection<QueueEntry> Delayed => _delayed;

    public int Count => Ready.Count + _delayed.Count;

    public void Add(QueueEntry entry)
    {
        if (entry.NotBefore > 0) _delayed.Add(entry);
        else Ready.Add(entry);
    }

    public void Remove(QueueEntry entry)
    {
        if (!_delayed.Remove(entry)) Ready.Remove(entry);
    }

    /// <summary>Lets those whose back-off has ended take their places, which they have kept.</summary>
    public void Promote(DateTimeOffset now)
    {
        while (_delayed.Count > 0 && _delayed.Min!.NotBefore <= now.UtcTicks)
        {
            var entry = _delayed.Min;
            _delayed.Remove(entry);
            Ready.Add(entry);
        }
    }

    public bool IsDelayed(QueueEntry entry) => _delayed.Contains(entry);
}
