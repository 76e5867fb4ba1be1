namespace Ptune.Contracts.Jobs;

/// <summary>A request to submit a job under an idempotency key.</summary>
/// <param name="Request">Digest of what is asked for.</param>
/// <param name="JobId">The job that it reached.</param>
[GenerateSerializer, Alias("ptune.SubmitClaim")]
public sealed record SubmitClaim(string Request, string JobId);
