using Ptune.Storage.Azure;

namespace Ptune.Storage.Tests.Blobs;

public sealed class AzureBlobStoreTests(AzuriteFixture azurite) : BlobStoreContract(TestStorage.Azure(azurite))
{
    [Fact]
    public void LocalPath_Blob_IsNull() => Assert.Null(Store.LocalPath("local/blob"));

    [Fact]
    public async Task OpenAsync_NoAnswer_NamesTheAccount()
    {
        var closed = new AzureBlobStore(ConnectionStrings.Unreachable);
        var failure = await Assert.ThrowsAsync<IOException>(() => closed.OpenAsync("any"));
        Assert.Contains(ConnectionStrings.UnreachableHost, failure.Message, StringComparison.Ordinal);
    }
}
