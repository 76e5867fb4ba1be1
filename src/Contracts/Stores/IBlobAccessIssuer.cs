namespace Ptune.Contracts.Stores;

/// <summary>Issues access to the blobs, where they lie in an account that a silo has the key of.</summary>
public interface IBlobAccessIssuer
{
    /// <exception cref="IOException">The account does not answer, or the silo has no key to sign with.</exception>
    Task<BlobAccess> IssueAsync();
}
