using Ptune.Contracts.Jobs;

namespace Ptune.Cli.Runs;

/// <summary>One job of a run, as its display needs it.</summary>
/// <param name="Status">Null: not submitted yet.</param>
/// <param name="Reused">Its result was in the store.</param>
internal sealed record RunCell(string JobId, string Name, JobStatus? Status, bool Reused, JobProgress? Progress)
{
    public bool Done => Status is JobStatus.Succeeded;

    /// <summary>Leased to a worker.</summary>
    public bool InWork => Status is JobStatus.Leased or JobStatus.Running or JobStatus.Cancelling;
}
