using Orleans.Concurrency;

namespace Ptune.Contracts.Workers;

/// <summary>One worker; the key is its id. It keeps what the worker last said, and what it is to do.</summary>
[Alias("ptune.IWorkerGrain")]
public interface IWorkerGrain : IGrainWithStringKey
{
    /// <summary>
    /// A sign of life; the first one registers the worker with its pool. A second process under the same id is refused until the first one has left or has not been heard of for long.
    /// </summary>
    [Alias("Report")]
    Task<WorkerOrder> Report(WorkerReport report);

    /// <summary>The worker leaves in order.</summary>
    [Alias("Leave")]
    Task Leave();

    [Alias("Get"), AlwaysInterleave]
    Task<WorkerView?> Get();
}
