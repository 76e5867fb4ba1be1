using Ptune.Contracts.Workers;

namespace Ptune.Grains.Pools;

/// <summary>A pool as its workers' grains see it; the same grain as <see cref="Contracts.Pools.IPoolGrain"/>, by the same key.</summary>
[Alias("ptune.IPoolRosterGrain")]
internal interface IPoolRosterGrain : IGrainWithStringKey
{
    /// <summary>The worker lives. A pool that was activated anew learns its workers in this way.</summary>
    [Alias("Hear")]
    Task Hear(WorkerView worker);

    [Alias("Leave")]
    Task Leave(string workerId);
}
