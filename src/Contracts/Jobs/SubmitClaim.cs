namespace Ptune.Contracts.Jobs;

/// <summary>A request to submit a job, a study or a sweep under an idempotency key.</summary>
/// <param name="Request">Digest of what is asked for.</param>
/// <param name="JobId">The job, study or sweep that it reached.</param>
/// <param name="Nonce">What makes it other work than its equals, where it is to be computed anew; null: nothing, or a job's claim of an earlier version.</param>
[GenerateSerializer, Immutable, Alias("ptune.SubmitClaim")]
public sealed record SubmitClaim(string Request, string JobId, string? Nonce = null);
