using Ptune.Contracts.Stores;

namespace Ptune.Contracts.Workers;

/// <summary>The blobs as a worker without a key of the account has them: access to read and create, and on request what a silo does for it. The key is 0.</summary>
[Alias("ptune.IWorkerBlobsGrain")]
public interface IWorkerBlobsGrain : IGrainWithIntegerKey
{
    /// <exception cref="InvalidOperationException">The blobs do not lie in an account.</exception>
    /// <exception cref="IOException">The account does not answer, or the silo has no key to sign with.</exception>
    [Alias("Issue")]
    Task<BlobAccess> Issue();

    /// <summary>As <see cref="IBlobStore.RenewAsync"/>, of content.</summary>
    /// <exception cref="ArgumentException">It is not the name of content.</exception>
    [Alias("Renew")]
    Task<bool> Renew(string name);

    /// <summary>Removes a checkpoint that its job does not need any more: that of a job that has succeeded or is unknown, or one that is older than the one that the job's state names.</summary>
    /// <returns>False when the job needs it: it stays.</returns>
    /// <exception cref="ArgumentException">It is not the name of a checkpoint.</exception>
    [Alias("RemoveCheckpoint")]
    Task<bool> RemoveCheckpoint(string name);
}
