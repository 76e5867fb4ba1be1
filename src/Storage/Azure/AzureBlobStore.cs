using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Ptune.Contracts.Stores;
using Ptune.Storage.Files;

namespace Ptune.Storage.Azure;

/// <summary>Blobs in one container of Azure Blob Storage; the service itself lets one writer of a name win (If-None-Match: *).</summary>
public sealed class AzureBlobStore : IBlobStore
{
    private const int BlockBytes = 16 << 20;

    // Of a large blob four blocks are held in memory at a time, each small enough to arrive within one try over a slow line; 50,000 of them are 800 GB.
    private static readonly StorageTransferOptions Blocks = new() { InitialTransferSize = BlockBytes, MaximumTransferSize = BlockBytes, MaximumConcurrency = 4 };

    private readonly BlobContainerClient _container;
    private readonly Once _containerMade;
    private readonly StorageTransferOptions _transfer = Blocks;
    private readonly bool _createsOnly;

    public AzureBlobStore(string connectionString)
    {
        _container = new BlobContainerClient(connectionString, AzureStorageNames.BlobContainer, AzureRetries.Of(new BlobClientOptions()));
        _containerMade = new Once(() => _container.CreateIfNotExistsAsync());
    }

    /// <summary>For who may read and create, and not write.</summary>
    /// <param name="container">One that exists.</param>
    /// <param name="atOnce">Blobs up to this many bytes are sent in one request.</param>
    internal AzureBlobStore(BlobContainerClient container, long atOnce)
    {
        _container = container;
        _containerMade = new Once(() => Task.CompletedTask);
        _createsOnly = true;
        _transfer = new StorageTransferOptions { InitialTransferSize = atOnce, MaximumTransferSize = BlockBytes };
    }

    public async Task<bool> CreateAsync(string name, Stream content, CancellationToken cancellation = default)
    {
        var blob = _container.GetBlobClient(BlobName.Validate(name));
        try
        {
            await _containerMade.DoneAsync();
            var conditions = new BlobRequestConditions { IfNoneMatch = ETag.All };
            await blob.UploadAsync(content, new BlobUploadOptions { Conditions = conditions, TransferOptions = _transfer }, cancellation);
            return true;
        }
        // The service answers 409 when the blob is there before the request, and 412 when it appears while blocks are committed.
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.BlobAlreadyExists || e.Status == 412)
        {
            return false;
        }
        catch (RequestFailedException e) when (e.Status == 403 && _createsOnly)
        {
            // Who may create and not write is refused before the service looks at the condition.
            if (await ExistsAsync(blob, cancellation)) return false;
            throw AzureFailure.Of(_container.Uri, e);
        }
        catch (Exception e) when (AzureFailure.Is(e))
        {
            throw AzureFailure.Of(_container.Uri, e);
        }
    }

    public async Task<Stream?> OpenAsync(string name, CancellationToken cancellation = default)
    {
        var blob = _container.GetBlobClient(BlobName.Validate(name));
        try
        {
            // Nobody replaces a blob, but it may be renewed while it is read, which gives it another ETag: the stream must not be bound to that.
            return await blob.OpenReadAsync(new BlobOpenReadOptions(allowModifications: true), cancellation);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
        catch (Exception e) when (AzureFailure.Is(e))
        {
            throw AzureFailure.Of(_container.Uri, e);
        }
    }

    public async IAsyncEnumerable<BlobEntry> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        BlobName.ValidatePrefix(prefix);
        var pages = _container.GetBlobsAsync(new GetBlobsOptions { Prefix = prefix }, cancellation).GetAsyncEnumerator(cancellation);
        await using (pages)
        {
            while (await MoveNextAsync(pages))
            {
                var properties = pages.Current.Properties;
                yield return new BlobEntry(pages.Current.Name, properties.ContentLength ?? 0, properties.LastModified ?? properties.CreatedOn ?? default);
            }
        }
    }

    public async Task<bool> RenewAsync(string name, CancellationToken cancellation = default)
    {
        try
        {
            // Any change of the metadata gives the blob a new time.
            await _container.GetBlobClient(BlobName.Validate(name)).SetMetadataAsync(
                new Dictionary<string, string> { ["renewed"] = DateTimeOffset.UtcNow.UtcTicks.ToString(CultureInfo.InvariantCulture) }, cancellationToken: cancellation);
            return true;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return false;
        }
        catch (Exception e) when (AzureFailure.Is(e))
        {
            throw AzureFailure.Of(_container.Uri, e);
        }
    }

    public async Task<bool> DeleteAsync(string name, DateTimeOffset time, CancellationToken cancellation = default)
    {
        try
        {
            var conditions = new BlobRequestConditions { IfUnmodifiedSince = time };
            return await _container.GetBlobClient(BlobName.Validate(name)).DeleteIfExistsAsync(conditions: conditions, cancellationToken: cancellation);
        }
        catch (RequestFailedException e) when (e.Status is 404 or 412)
        {
            return false;
        }
        catch (Exception e) when (AzureFailure.Is(e))
        {
            throw AzureFailure.Of(_container.Uri, e);
        }
    }

    public async Task DeleteAsync(string name, CancellationToken cancellation = default)
    {
        try
        {
            await _container.GetBlobClient(BlobName.Validate(name)).DeleteIfExistsAsync(cancellationToken: cancellation);
        }
        catch (Exception e) when (AzureFailure.Is(e))
        {
            throw AzureFailure.Of(_container.Uri, e);
        }
    }

    public string? LocalPath(string name) => null;

    private async Task<bool> ExistsAsync(BlobClient blob, CancellationToken cancellation)
    {
        try
        {
            return await blob.ExistsAsync(cancellation);
        }
        catch (Exception e) when (AzureFailure.Is(e))
        {
            throw AzureFailure.Of(_container.Uri, e);
        }
    }

    private async Task<bool> MoveNextAsync(IAsyncEnumerator<BlobItem> blobs)
    {
        try
        {
            return await blobs.MoveNextAsync();
        }
        // No container yet: no blob either.
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return false;
        }
        catch (Exception e) when (AzureFailure.Is(e))
        {
            throw AzureFailure.Of(_container.Uri, e);
        }
    }
}
