namespace Ptune.Grains.Pools.Policies;

/// <summary>
/// Bounded ageing: effective priority = priority + min(bound, step * floor(wait / interval)), the wait counted from the job's creation. A job that was given
/// back keeps its age. Steps, so that jobs of about one age stay equals and share by weight.
/// </summary>
internal sealed class Ageing(TimeSpan interval, int step, int bound)
{
    /// <summary>What a job can gain at most.</summary>
    public int Bound { get; } = step == 0 ? 0 : bound;

    /// <param name="priority">What was asked for.</param>
    /// <param name="created">The job's creation, UTC ticks.</param>
    /// <param name="now">The time.</param>
    public int Effective(int priority, long created, DateTimeOffset now)
    {
        if (step == 0) return priority;
        var steps = Math.Max(0, (now.UtcTicks - created) / interval.Ticks);
        return priority + (int)Math.Min(bound, steps * step);
    }
}
