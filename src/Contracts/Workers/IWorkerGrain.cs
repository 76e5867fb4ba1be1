using Orleans.Concurrency;

namespace Ptune.Contracts.Workers;

/// <summary>One worker; the key is its id. It keeps what the worker last said, and what it is to do.</summary>
[Alias("ptune.IWorkerGrain")]
public interface IWorkerGrain : IGrainWithStringKey
{
    /// <summary>
    /// A heartbeat; the first one registers the worker with its pool. A second process with the same id is refused until the first one has signed off
    /// or has not reported for a while.
    /// </summary>
    [Alias("Report")]
    Task<WorkerOrder> Report(WorkerReport report);

    /// <summary>The worker leaves after giving its leases back.</summary>
    [Alias("Leave")]
    Task Leave();

    [Alias("Get"), AlwaysInterleave]
    Task<WorkerView?> Get();
}
