using Orleans.Concurrency;
using Ptune.Contracts.Audit;
using Ptune.Contracts.Jobs;

namespace Ptune.Contracts.Sweeps;

/// <summary>A hyperparameter search; the key is the sweep's id. It submits each trial's jobs when their inputs are ready, and chooses the next trials.</summary>
[Alias("ptune.ISweepGrain")]
public interface ISweepGrain : IGrainWithStringKey
{
    /// <summary>Starts the sweep, joins it, or goes on with the failed part of a failed or cancelled one.</summary>
    [Alias("Submit")]
    Task<SweepView> Submit(SweepSubmission submission);

    [Alias("Get"), AlwaysInterleave]
    Task<SweepView?> Get();

    /// <summary>Answers when something has changed since <paramref name="version"/>, or after a few seconds with the present state.</summary>
    [Alias("Watch"), AlwaysInterleave]
    Task<SweepView?> Watch(long version);

    /// <summary>Withdraws the sweep as an asker of its jobs; those without another asker write a checkpoint and stop.</summary>
    [Alias("Cancel")]
    Task<SweepView?> Cancel(AuditStamp? by = null);

    /// <summary>Tries again what failed or was cancelled, also of a sweep that succeeded without it. Answers with the state reached.</summary>
    [Alias("Retry")]
    Task<SweepView?> Retry(AuditStamp? by = null);

    /// <summary>A job that the sweep asked for is final. Idempotent.</summary>
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
