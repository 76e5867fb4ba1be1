namespace Ptune.Contracts.Jobs;

/// <summary>What was first submitted under a client's idempotency key; the grain's key is the tenant and the digest of the client's key.</summary>
[Alias("ptune.ISubmitKeyGrain")]
public interface ISubmitKeyGrain : IGrainWithStringKey
{
    /// <summary>Takes the key for this request, or answers with the request that has it already.</summary>
    [Alias("Claim")]
    Task<SubmitClaim> Claim(SubmitClaim claim);
}
