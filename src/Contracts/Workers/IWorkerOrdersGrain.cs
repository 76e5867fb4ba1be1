namespace Ptune.Contracts.Workers;

/// <summary>A worker as its operator sees it; the same grain as <see cref="IWorkerGrain"/>, by the same key.</summary>
[Alias("ptune.IWorkerOrdersGrain")]
public interface IWorkerOrdersGrain : IGrainWithStringKey
{
    /// <summary>Tells the worker, with the answer to its next report, what to do; from now on its pool gives a draining worker nothing. Null for an unknown worker.</summary>
    [Alias("Give")]
    Task<WorkerView?> Give(WorkerOrder order);
}
