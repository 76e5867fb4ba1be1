namespace Ptune.Grains.Pools.Index;

/// <summary>
/// Entries in the order of <see cref="Arrival"/>, in chunks: eight bytes an entry, and a place in the line is found without walking it. A tree takes six
/// times the memory and cannot tell a place.
/// </summary>
internal sealed class Line
{
    private const int MostInChunk = 512;
    private readonly List<List<QueueEntry>> _chunks = [];

    public int Count { get; private set; }

    public QueueEntry? First => Count == 0 ? null : _chunks[0][0];

    public QueueEntry this[int place]
    {
        get
        {
            foreach (var chunk in _chunks)
            {
                if (place < chunk.Count) return chunk[place];
                place -= chunk.Count;
            }
            throw new ArgumentOutOfRangeException(nameof(place));
        }
    }

    /// <summary>From the first on. The line must not be changed meanwhile.</summary>
    public IEnumerable<QueueEntry> InOrder => _chunks.SelectMany(chunk => chunk);

    public void Add(QueueEntry entry)
    {
        Count++;
        var at = ChunkOf(entry);
        if (at < 0)
        {
            // Before everything: a queue that is rebuilt from the newest to the oldest comes this way.
            if (_chunks.Count == 0 || _chunks[0].Count == MostInChunk) _chunks.Insert(0, []);
            _chunks[0].Insert(0, entry);
            return;
        }
        var chunk = _chunks[at];
        var place = ~chunk.BinarySearch(entry, Arrival.Order);
        if (chunk.Count == MostInChunk)
        {
            List<QueueEntry> next = place == MostInChunk ? [] : chunk[(MostInChunk / 2)..];
            if (place < MostInChunk) chunk.RemoveRange(MostInChunk / 2, MostInChunk / 2);
            _chunks.Insert(at + 1, next);
            if (place > chunk.Count || place == MostInChunk) (chunk, place) = (next, place - chunk.Count);
        }
        chunk.Insert(place, entry);
    }

    public bool Remove(QueueEntry entry)
    {
        var at = ChunkOf(entry);
        if (at < 0) return false;
        var place = _chunks[at].BinarySearch(entry, Arrival.Order);
        if (place < 0) return false;
        _chunks[at].RemoveAt(place);
        if (_chunks[at].Count == 0) _chunks.RemoveAt(at);
        Count--;
        return true;
    }

    /// <summary>How many entries at the beginning are so; <paramref name="isBefore"/> must hold for the first ones and for none after.</summary>
    public int CountWhile(Func<QueueEntry, bool> isBefore)
    {
        var at = Boundary(_chunks.Count, i => isBefore(_chunks[i][0])) - 1;
        if (at < 0) return 0;
        var count = 0;
        for (var i = 0; i < at; i++) count += _chunks[i].Count;
        var chunk = _chunks[at];
        return count + Boundary(chunk.Count, i => isBefore(chunk[i]));
    }

    /// <summary>The last chunk that begins with this entry or one before it; -1: none does.</summary>
    private int ChunkOf(QueueEntry entry) => Boundary(_chunks.Count, i => Arrival.Order.Compare(_chunks[i][0], entry) <= 0) - 1;

    /// <summary>The first index for which <paramref name="holds"/> does not hold.</summary>
    private static int Boundary(int count, Func<int, bool> holds)
    {
        var (low, high) = (0, count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (holds(middle)) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
