namespace Ptune.Contracts.Pools;

/// <summary>A worker with a free executor.</summary>
/// <param name="WarmModels">Digests of artifacts in the worker's cache.</param>
[GenerateSerializer, Alias("ptune.AcquireRequest")]
public sealed record AcquireRequest(string WorkerId, string Device, string[] WarmModels);
