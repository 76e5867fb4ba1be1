namespace Ptune.Contracts.Pools;

/// <summary>How many queued jobs of a pool a rule holds.</summary>
[GenerateSerializer, Alias("ptune.PoolWait")]
public sealed record PoolWait(WaitRule Rule, int Jobs);
