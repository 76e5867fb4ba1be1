namespace Ptune.Contracts.Pools;

/// <summary>A job as a pool sees it.</summary>
/// <param name="Models">Digests of the models that it reads: a worker that holds one warm is preferred.</param>
[GenerateSerializer, Alias("ptune.QueuedJob")]
public sealed record QueuedJob(string JobId, string Tenant, int Priority, DateTimeOffset Created, string[] Models);
