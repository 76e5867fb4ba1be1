namespace Ptune.Contracts.Jobs;

/// <summary>A running job's progress and its estimated remaining time, from its progress and times alone.</summary>
/// <param name="Fraction">Of its steps, done; between 0 and 1.</param>
/// <param name="Remaining">Null where it cannot be told: before the first step, or where it is not known at which step the attempt began.</param>
public sealed record ProgressEstimate(double Fraction, TimeSpan? Remaining)
{
    // What is said to take longer says only that the clocks disagree, or that the run has hardly begun.
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(3650);

    /// <summary>
    /// The attempt began at step s0, when it was given to its worker, and is at step s now: the rest takes (total - s) (now - begin) / (s - s0). Null for a job without progress.
    /// The server measures now - begin; where it cannot, it is told from two wall clocks, of which either may have been set meanwhile.
    /// </summary>
    public static ProgressEstimate? Of(JobView job, DateTimeOffset now)
    {
        if (!job.Status.IsHeld || job.Progress is not { TotalSteps: > 0 } progress) return null;
        var fraction = Math.Clamp((double)progress.Step / progress.TotalSteps, 0, 1);
        var took = job.Running ?? now - job.Timeline.LastOrDefault(e => e.Status == JobStatus.Leased && e.Epoch == job.Epoch)?.At;
        var done = progress.Step - FirstStep(job);
        if (took is not { } measured || measured <= TimeSpan.Zero || done is not > 0) return new(fraction, null);
        var remaining = measured.TotalSeconds * Math.Max(0, (progress.TotalSteps - progress.Step) / (double)done.Value);
        return new(fraction, remaining < s_longest.TotalSeconds ? TimeSpan.FromSeconds(remaining) : null);
    }

    /// <summary>Where this attempt went on from. Where it began under a version that did not note it: an earlier attempt's checkpoint; one of its own says nothing of that.</summary>
    private static long? FirstStep(JobView job) => job switch
    {
        { StartStep: { } step } => step,
        { Epoch: 1 } => 0,
        { Checkpoint: null } => 0,
        { Checkpoint: { } checkpoint } when checkpoint.Epoch < job.Epoch => checkpoint.Step,
        _ => null,
    };
}
