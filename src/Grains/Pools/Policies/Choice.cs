using Ptune.Contracts.Pools;

namespace Ptune.Grains.Pools.Policies;

/// <summary>
/// Which job a worker gets. Hard constraints first; then the highest priority among what fits; among equals the warmest of the oldest few,
/// but the oldest is overtaken only so many times; last the order of the queue. No preference ever crosses a priority.
/// </summary>
/// <param name="window">How many of the oldest equals are looked at for warm models.</param>
/// <param name="overtakes">How many times the oldest equal may be overtaken.</param>
internal sealed class Choice(int window, int overtakes)
{
    /// <param name="inOrder">The queue in <see cref="QueueOrder"/>.</param>
    /// <returns>The chosen entry and the older equals that it overtakes; null when nothing fits.</returns>
    public Chosen? Pick(IEnumerable<QueueEntry> inOrder, Candidate worker)
    {
        var equals = OldestEquals(inOrder, worker);
        if (equals.Count == 0) return null;
        var best = equals[0].Overtaken >= overtakes ? 0 : Warmest(equals, worker.Request);
        return new Chosen(equals[best], [.. equals.Take(best)]);
    }

    private List<QueueEntry> OldestEquals(IEnumerable<QueueEntry> inOrder, Candidate worker)
    {
        var equals = new List<QueueEntry>();
        foreach (var entry in inOrder)
        {
            if (equals.Count == window || (equals.Count > 0 && entry.Job.Priority != equals[0].Job.Priority)) break;
            if (Fit.Obstacle(entry.Job, worker) is null) equals.Add(entry);
        }
        return equals;
    }

    private static int Warmest(List<QueueEntry> equals, AcquireRequest worker)
    {
        var (best, score) = (0, WarmModels.Score(equals[0].Job, worker));
        for (var i = 1; i < equals.Count; i++)
        {
            var other = WarmModels.Score(equals[i].Job, worker);
            if (other > score) (best, score) = (i, other);
        }
        return best;
    }
}
