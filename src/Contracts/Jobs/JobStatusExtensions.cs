namespace Ptune.Contracts.Jobs;

/// <summary>Groups of statuses.</summary>
public static class JobStatusExtensions
{
    public static readonly JobStatus[] NotFinal =
    [
        JobStatus.Submitted, JobStatus.Queued, JobStatus.Leased, JobStatus.Running, JobStatus.Cancelling, JobStatus.Suspending, JobStatus.Suspended,
    ];

    extension(JobStatus status)
    {
        /// <summary>Nothing more happens to it unless somebody submits it again.</summary>
        public bool IsFinal => status is JobStatus.Succeeded or JobStatus.Failed or JobStatus.Cancelled;

        /// <summary>A worker holds its lease.</summary>
        public bool IsHeld => status is JobStatus.Leased or JobStatus.Running or JobStatus.Cancelling or JobStatus.Suspending;
    }
}
