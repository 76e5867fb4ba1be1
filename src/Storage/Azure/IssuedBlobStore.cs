using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Orleans;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Stores;
using Ptune.Contracts.Workers;

namespace Ptune.Storage.Azure;

/// <summary>
/// The blobs of an account that this process has no key of: it reads and creates by what a silo has issued, and asks a silo to renew content and to remove checkpoints.
/// </summary>
internal sealed class IssuedBlobStore(IGrainFactory grains, TimeProvider time) : IBlobStore, IDisposable
{
    /// <summary>Blocks of a larger blob need permission to write, which is permission to replace.</summary>
    public const long MostBytes = 5_000L << 20;

    private readonly SemaphoreSlim _issuing = new(1);
    private volatile Issued? _issued;

    private IWorkerBlobsGrain Silo => grains.GetGrain<IWorkerBlobsGrain>(0);

    public async Task<bool> CreateAsync(string name, Stream content, CancellationToken cancellation = default)
    {
        if (content.Length > MostBytes)
            throw new IOException($"'{name}' has {content.Length:N0} bytes. A worker without a connection string can store at most {MostBytes:N0} bytes in a file: give it one (Storage:ConnectionString).");
        return await (await StoreAsync(cancellation)).CreateAsync(name, content, cancellation);
    }

    public async Task<Stream?> OpenAsync(string name, CancellationToken cancellation = default) => await (await StoreAsync(cancellation)).OpenAsync(name, cancellation);

    public async IAsyncEnumerable<BlobEntry> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var blob in (await StoreAsync(cancellation)).ListAsync(prefix, cancellation)) yield return blob;
    }

    public Task<bool> RenewAsync(string name, CancellationToken cancellation = default) => AskAsync(() => Silo.Renew(name), cancellation);

    public Task DeleteAsync(string name, CancellationToken cancellation = default) => AskAsync(() => Silo.RemoveCheckpoint(name), cancellation);

    public Task<bool> DeleteAsync(string name, DateTimeOffset time, CancellationToken cancellation = default) =>
        throw new NotSupportedException("Workers remove nothing by its time.");

    public string? LocalPath(string name) => null;

    public void Dispose() => _issuing.Dispose();

    private async Task<AzureBlobStore> StoreAsync(CancellationToken cancellation)
    {
        if (_issued is { } current && Lived(current) < 0.5) return current.Store;
        await _issuing.WaitAsync(cancellation);
        try
        {
            var known = _issued;
            if (known is not null && Lived(known) < 0.5) return known.Store;
            long since = time.GetTimestamp();
            BlobAccess access;
            try
            {
                access = await AskAsync(() => Silo.Issue(), cancellation);
            }
            catch (IOException) when (known is not null && Lived(known) < 1)
            {
                return known.Store;
            }
            return (_issued = Renewed(known, access, since)).Store;
        }
        finally
        {
            _issuing.Release();
        }
    }

    /// <summary>How much of its lifetime is over; 1: all of it.</summary>
    private double Lived(Issued issued) => time.GetElapsedTime(issued.Since) / issued.Access.Lifetime;

    /// <summary>What is being read goes on with the new signature.</summary>
    private static Issued Renewed(Issued? known, BlobAccess access, long since)
    {
        if (known is not null && known.Access.Container == access.Container)
        {
            known.Credential.Update(access.Signature);
            return known with { Access = access, Since = since };
        }
        var credential = new AzureSasCredential(access.Signature);
        return new Issued(new AzureBlobStore(new BlobContainerClient(access.Container, credential, AzureRetries.Of(new BlobClientOptions())), MostBytes), credential, access, since);
    }

    /// <summary>Callers of a store expect that it may not answer, and try again.</summary>
    private static async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken cancellation)
    {
        try
        {
            return await ask().WaitAsync(cancellation);
        }
        catch (Exception e) when (e is TimeoutException or OrleansException)
        {
            throw new IOException($"No silo answered about the store: {e.Message}", e);
        }
    }

    private sealed record Issued(AzureBlobStore Store, AzureSasCredential Credential, BlobAccess Access, long Since);
}
