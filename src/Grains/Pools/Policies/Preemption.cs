using Ptune.Grains.Pools.Index;
using Ptune.Grains.Pools.Running;

namespace Ptune.Grains.Pools.Policies;

/// <summary>
/// Which running job makes room for a waiting one: the one that loses least work since its last checkpoint (or since it began), among those whose priority is lower by
/// at least the gap and whose place the waiting job fits. Priorities count as they were asked for: who has only waited long drives nobody out.
/// </summary>
internal static class Preemption
{
    /// <param name="priority">The waiting job's priority.</param>
    /// <param name="shape">What it needs.</param>
    /// <param name="running">The pool's running jobs, each with its place as it is now.</param>
    /// <param name="gap">How much lower the victim's priority has to be.</param>
    /// <param name="now">The time.</param>
    /// <returns>Null: there is none.</returns>
    public static RunningJob? Victim(int priority, Shape shape, IEnumerable<(RunningJob Job, Candidate Place)> running, int gap, DateTimeOffset now) =>
        running
            .Where(r => !r.Job.IsStopping && priority - r.Job.Priority >= gap && WouldFit(shape, r.Job, r.Place))
            .Select(r => r.Job)
            .OrderBy(job => job.Unsaved(now))
            .ThenBy(job => job.Priority)
            .ThenByDescending(job => job.Since)
            .ThenBy(job => job.JobId, StringComparer.Ordinal)
            .FirstOrDefault();

    private static bool WouldFit(Shape shape, RunningJob leaving, Candidate place)
    {
        var after = place with { UsedGiB = Math.Max(0, place.UsedGiB - leaving.MemoryGiB) };
        return Fit.Obstacle(shape, after) is null && Fit.HasRoom(shape, after);
    }
}
