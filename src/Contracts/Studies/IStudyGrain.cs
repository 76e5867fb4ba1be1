using Orleans.Concurrency;
using Ptune.Contracts.Audit;
using Ptune.Contracts.Jobs;

namespace Ptune.Contracts.Studies;

/// <summary>A graph of jobs with one question; the key is the study's id. It submits each job when its inputs are ready, and gathers the results.</summary>
[Alias("ptune.IStudyGrain")]
public interface IStudyGrain : IGrainWithStringKey
{
    /// <summary>Starts the study, joins it, or starts a failed or cancelled one anew: what is in the store is not computed again.</summary>
    [Alias("Submit")]
    Task<StudyView> Submit(StudySubmission submission);

    [Alias("Get"), AlwaysInterleave]
    Task<StudyView?> Get();

    /// <summary>Answers when something has changed since <paramref name="version"/>, or after a few seconds with the present state.</summary>
    [Alias("Watch"), AlwaysInterleave]
    Task<StudyView?> Watch(long version);

    /// <summary>Withdraws the study as an asker of its jobs; those without another asker write a checkpoint and stop.</summary>
    [Alias("Cancel")]
    Task<StudyView?> Cancel(AuditStamp? by = null);

    /// <summary>Tries again what failed or was cancelled, and what depends on it. Answers with the state reached.</summary>
    [Alias("Retry")]
    Task<StudyView?> Retry(AuditStamp? by = null);

    /// <summary>A job that the study asked for is final. Idempotent.</summary>
    [Alias("JobEnded")]
    Task JobEnded(string jobId, JobStatus status);

    /// <summary>What its jobs that have not been submitted yet are likely to take, in seconds by their ids, as far as it is known. Nothing, once it no longer runs.</summary>
    [Alias("Reserved"), AlwaysInterleave]
    Task<Dictionary<string, double>> Reserved();

    /// <summary>What a retry may take, as <see cref="Reserved"/>. Nothing, as long as it runs.</summary>
    [Alias("Remaining"), AlwaysInterleave]
    Task<Dictionary<string, double>> Remaining();

    /// <summary>Checks its jobs and goes on where a crash cut it short.</summary>
    [Alias("Sweep")]
    Task Sweep();
}
