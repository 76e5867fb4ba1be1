using Orleans.Concurrency;
using Ptune.Contracts.Jobs;

namespace Ptune.Contracts.Pools;

/// <summary>
/// The queue in front of the workers of one kind; the key is the pool's name. It keeps no state of its own: it is rebuilt from the catalog.
/// </summary>
[Alias("ptune.IPoolGrain")]
public interface IPoolGrain : IGrainWithStringKey
{
    /// <summary>Puts a job into the queue and wakes a worker. Idempotent.</summary>
    [Alias("Enqueue")]
    Task Enqueue(QueuedJob job);

    /// <summary>The job is final or no longer queued or leased. Idempotent.</summary>
    [Alias("Remove")]
    Task Remove(string jobId);

    /// <summary>As <see cref="Remove"/>, of a job that has a result: how long it held its worker counts for the estimates of others. Idempotent.</summary>
    [Alias("Complete")]
    Task Complete(string jobId);

    /// <summary>Picks work for a worker that is ready for it now; null when there is none that fits.</summary>
    [Alias("Acquire")]
    Task<Lease?> Acquire(AcquireRequest request);

    /// <summary>
    /// Reserves places in the queue for a tenant's new jobs, before they are submitted: all of them or none. A reservation lasts for a short while.
    /// Null when they are admitted; else the reason.
    /// </summary>
    [Alias("Admit")]
    Task<string?> Admit(string tenant, string[] jobIds);

    /// <summary>Why a queued job waits; null for one that is not in the queue.</summary>
    [Alias("Explain"), AlwaysInterleave]
    Task<WaitView?> Explain(string jobId);

    /// <summary>Visits every job that is not final, and wakes workers when jobs wait.</summary>
    [Alias("Sweep")]
    Task Sweep();

    [Alias("Get"), AlwaysInterleave]
    Task<PoolView> Get();
}
