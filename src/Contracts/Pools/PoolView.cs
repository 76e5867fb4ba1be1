using Ptune.Contracts.Workers;

namespace Ptune.Contracts.Pools;

/// <summary>A pool at one moment.</summary>
[GenerateSerializer, Alias("ptune.PoolView")]
public sealed record PoolView(string Name, int Queued, int Leased, WorkerView[] Workers);
