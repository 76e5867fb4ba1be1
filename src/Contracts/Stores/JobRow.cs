using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;

namespace Ptune.Contracts.Stores;

/// <summary>A job in the catalog. Kind is a job's kind, <c>TransferStudy</c> or <c>Sweep</c>.</summary>
/// <param name="Expires">When the row of a finished job may be removed; null: never.</param>
/// <param name="Permit">The permit of its tenant in its pool that a running job has; null: none. No two rows of a tenant and pool have the same.</param>
/// <param name="EstimatedGiB">The memory that it is likely to take, where its needs do not say; null: not known.</param>
/// <param name="EstimatedSeconds">The device time that a job is likely to take; null: not known, or it has ended.</param>
[GenerateSerializer, Alias("ptune.JobRow")]
public sealed record JobRow(
    string JobId, string Tenant, string Pool, string Kind, string Name, JobStatus Status, int Priority, DateTimeOffset Created, DateTimeOffset Updated, long Version,
    Needs? Needs = null, DateTimeOffset? Expires = null, int? Permit = null, double? EstimatedGiB = null, double? EstimatedSeconds = null);
