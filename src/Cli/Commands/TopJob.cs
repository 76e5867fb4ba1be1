using Ptune.Contracts.Jobs;

namespace Ptune.Cli.Commands;

/// <summary>A running job at a glance.</summary>
internal sealed record TopJob(string JobId, string Kind, string Name, JobStatus Status, string? Worker, JobProgress? Progress, double? Seconds)
{
    public static TopJob Of(JobView job) => new(job.JobId, job.Kind, job.Name, job.Status, job.Worker, job.Progress, job.Running?.TotalSeconds);
}
