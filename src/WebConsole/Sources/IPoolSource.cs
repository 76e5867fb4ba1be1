using Ptune.Contracts.Pools;

namespace Ptune.WebConsole.Sources;

/// <summary>The pools that there are, with their queues and workers.</summary>
public interface IPoolSource
{
    Task<PoolView[]> ViewsAsync(CancellationToken cancellation);
}
