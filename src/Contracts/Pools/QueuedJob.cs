using Ptune.Contracts.Specs;

namespace Ptune.Contracts.Pools;

/// <summary>A job as a pool sees it.</summary>
/// <param name="Models">Digests of the models that it reads: a worker that holds one warm is preferred.</param>
/// <param name="NotBefore">It waits at least until then: its last attempt failed. Null: it is ready. The job itself refuses an earlier lease.</param>
/// <param name="ExcludedWorkers">Ids of the workers that it is not to be given to again; null: none. The job itself refuses them, too.</param>
/// <param name="Needs">What a worker must have; null: nothing in particular.</param>
/// <param name="EstimatedGiB">The memory that it is likely to take, where its needs do not say; null: not known.</param>
[GenerateSerializer, Immutable, Alias("ptune.QueuedJob")]
public sealed record QueuedJob(
    string JobId, string Tenant, int Priority, DateTimeOffset Created, string[] Models,
    DateTimeOffset? NotBefore = null, string[]? ExcludedWorkers = null, Needs? Needs = null,
    double? EstimatedGiB = null);
