using Ptune.Contracts.Workers;

namespace Ptune.Contracts.Pools;

/// <summary>A pool at one moment.</summary>
/// <param name="Tenants">The tenants that have jobs in it, by name.</param>
/// <param name="Waits">The queued jobs by the rule that holds them; rules that hold none are left out.</param>
[GenerateSerializer, Immutable, Alias("ptune.PoolView")]
public sealed record PoolView(string Name, int Queued, int Leased, WorkerView[] Workers, PoolTenant[]? Tenants = null, PoolWait[]? Waits = null);
