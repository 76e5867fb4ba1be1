namespace Ptune.Contracts.Pools;

/// <summary>A tenant's jobs in a pool.</summary>
/// <param name="Weight">Its part of the pool, relative to the other tenants' weights.</param>
/// <param name="MaxRunning">How many of its jobs run at a time at most; null: no limit.</param>
/// <param name="MaxQueued">How many of its jobs wait at a time at most; null: no limit.</param>
[GenerateSerializer, Alias("ptune.PoolTenant")]
public sealed record PoolTenant(string Name, int Queued, int Leased, double Weight, int? MaxRunning, int? MaxQueued);
