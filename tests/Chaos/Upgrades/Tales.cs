using Ptune.Contracts.Jobs;

namespace Ptune.Chaos.Tests.Upgrades;

internal static class Tales
{
    /// <summary>What happened to a job, for whoever looks for the reason.</summary>
    public static string Of(JobView job) =>
        $"{job.JobId} ({job.Name}): {job.Status} {job.Cause} {job.Message}" + string.Concat(job.Timeline.Select(e => $"\n  {e.At:HH:mm:ss.fff} {e.Status} epoch {e.Epoch}: {e.Why}"));
}
