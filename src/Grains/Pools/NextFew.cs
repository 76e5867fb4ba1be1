namespace Ptune.Grains.Pools;

/// <summary>Of many items in any order, the few whose keys follow a given one, and from the beginning again after the last.</summary>
internal sealed class NextFew<T>(int most, string after, Func<T, string> key)
{
    private static readonly Comparer<string> _lastFirst = Comparer<string>.Create((x, y) => string.CompareOrdinal(y, x));

    private readonly PriorityQueue<T, string> _following = new(_lastFirst);
    private readonly PriorityQueue<T, string> _first = new(_lastFirst);

    public void Offer(T item)
    {
        var at = key(item);
        Keep(string.CompareOrdinal(at, after) > 0 ? _following : _first, item, at);
    }

    /// <summary>In the order of their keys, those that follow first.</summary>
    public T[] Take() => [.. InOrder(_following).Concat(InOrder(_first)).Take(most)];

    private void Keep(PriorityQueue<T, string> few, T item, string at)
    {
        if (few.Count < most) few.Enqueue(item, at);
        else few.EnqueueDequeue(item, at);
    }

    private static IEnumerable<T> InOrder(PriorityQueue<T, string> few) =>
        few.UnorderedItems.OrderBy(i => i.Priority, StringComparer.Ordinal).Select(i => i.Element);
}
