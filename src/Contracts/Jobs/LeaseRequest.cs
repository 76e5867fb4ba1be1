namespace Ptune.Contracts.Jobs;

/// <summary>A pool's request to give the job to a worker.</summary>
/// <param name="WorkerId">The worker.</param>
/// <param name="Permit">Which permit of its tenant's quota the job is to have; null: the tenant has no quota.</param>
/// <param name="Slot">The slot's request that is to be answered with the lease; null: an earlier version's worker, which does not count them.</param>
[GenerateSerializer, Immutable, Alias("ptune.LeaseRequest")]
public sealed record LeaseRequest(string WorkerId, int? Permit = null, SlotRequest? Slot = null);
