using Azure.Storage.Blobs;
using Azure.Storage.Sas;
using Ptune.Contracts.Stores;

namespace Ptune.Storage.Azure;

/// <summary>Signs access for workers by the account's key: a service SAS of the container that blobs lie in.</summary>
internal sealed class BlobAccessIssuer : IBlobAccessIssuer
{
    // A worker asks again at half of it. A signature cannot be taken back, so it is short.
    private static readonly TimeSpan s_lifetime = TimeSpan.FromHours(1);

    // The account's clock may be behind the silo's.
    private static readonly TimeSpan s_skew = TimeSpan.FromMinutes(5);

    private readonly TimeProvider _time;
    private readonly BlobContainerClient _container;
    private readonly Once _containerMade;

    public BlobAccessIssuer(string connectionString, TimeProvider time)
    {
        _time = time;
        _container = new BlobContainerClient(connectionString, AzureStorageNames.BlobContainer, AzureRetries.Of(new BlobClientOptions()));
        _containerMade = new Once(() => _container.CreateIfNotExistsAsync());
    }

    public async Task<BlobAccess> IssueAsync()
    {
        if (!_container.CanGenerateSasUri) throw new IOException("The silo's connection string holds no key of the account, so it can issue no access to workers: give the workers a connection string of their own.");
        try
        {
            // Who may create blobs may not create the container.
            await _containerMade.DoneAsync();
        }
        catch (Exception e) when (AzureFailure.Is(e))
        {
            throw AzureFailure.Of(_container.Uri, e);
        }
        var now = _time.GetUtcNow();
        var builder = new BlobSasBuilder(BlobContainerSasPermissions.Read | BlobContainerSasPermissions.List | BlobContainerSasPermissions.Create, now + s_lifetime)
        {
            BlobContainerName = _container.Name,
            StartsOn = now - s_skew,
        };
        return new BlobAccess(_container.Uri, _container.GenerateSasUri(builder).Query.TrimStart('?'), s_lifetime);
    }
}
