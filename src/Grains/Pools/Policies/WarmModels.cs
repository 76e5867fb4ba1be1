using Ptune.Grains.Pools.Index;

namespace Ptune.Grains.Pools.Policies;

/// <summary>
/// A soft preference: a worker that holds a job's models need not load them. Among equals the warmest of the oldest few goes first, but the oldest is overtaken only
/// so many times.
/// </summary>
/// <param name="window">How many of the oldest equals are looked at.</param>
/// <param name="overtakes">How many times the oldest may be overtaken.</param>
internal sealed class WarmModels(int window, int overtakes)
{
    public int Window => window;

    /// <summary>The index of the one to take.</summary>
    /// <param name="equals">The oldest equals in order; at least one.</param>
    /// <param name="warm">Digests that the worker holds.</param>
    public int Choose(IReadOnlyList<QueueEntry> equals, string[] warm)
    {
        if (warm.Length == 0 || equals[0].Overtaken >= overtakes) return 0;
        var (best, score) = (0, Score(equals[0].Models, warm));
        for (var i = 1; i < Math.Min(window, equals.Count); i++)
        {
            var other = Score(equals[i].Models, warm);
            if (other > score) (best, score) = (i, other);
        }
        return best;
    }

    /// <summary>How many of the models the worker holds.</summary>
    public static int Score(string[] models, string[] warm) => models.Count(warm.Contains);
}
