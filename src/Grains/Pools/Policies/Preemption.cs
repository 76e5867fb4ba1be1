using Ptune.Grains.Pools.Index;
using Ptune.Grains.Pools.Running;

namespace Ptune.Grains.Pools.Policies;

/// <summary>
/// Which running job makes room for a waiting one: the one that loses least work since its last checkpoint (or since it began), among those whose priority is lower by
/// at least the gap, that would be behind it in the queue with their ages, too, and whose place it fits. The gap counts priorities as they were asked for: who has only waited long
/// drives nobody out.
/// </summary>
/// <param name="gap">How much lower the victim's priority has to be.</param>
/// <param name="ageing">What ages are worth.</param>
internal sealed class Preemption(int gap, Ageing ageing)
{
    public int Gap => gap;

    /// <param name="waiting">The waiting job.</param>
    /// <param name="running">The pool's running jobs, each with its place as it is now.</param>
    /// <param name="now">The time.</param>
    /// <returns>Null: there is none.</returns>
    public RunningJob? Victim(QueueEntry waiting, IEnumerable<(RunningJob Job, Candidate Place)> running, DateTimeOffset now)
    {
        var (priority, shape) = (waiting.Lane.Priority, waiting.Lane.Shape);
        var effective = ageing.Effective(priority, waiting.Created, now);
        return running
            .Where(r => !r.Job.IsStopping && priority - r.Job.Priority >= gap && effective > ageing.Effective(r.Job.Priority, r.Job.Created, now) && WouldFit(shape, r.Job, r.Place))
            .Select(r => r.Job)
            .OrderBy(job => job.Unsaved(now))
            .ThenBy(job => job.Priority)
            .ThenByDescending(job => job.Since)
            .ThenBy(job => job.JobId, StringComparer.Ordinal)
            .FirstOrDefault();
    }

    private static bool WouldFit(Shape shape, RunningJob leaving, Candidate place)
    {
        var after = place with { UsedGiB = Math.Max(0, place.UsedGiB - leaving.MemoryGiB) };
        return Fit.Obstacle(shape, after) is null && Fit.HasRoom(shape, after);
    }
}
