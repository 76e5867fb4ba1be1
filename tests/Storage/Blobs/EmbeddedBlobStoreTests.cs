namespace Ptune.Storage.Tests.Blobs;

public sealed class EmbeddedBlobStoreTests() : BlobStoreContract(TestStorage.Embedded())
{
    [Fact]
    public async Task LocalPath_Blob_IsAFileOfItsBytesThatNobodyWrites()
    {
        await Store.CreateAsync("local/blob", new MemoryStream([1, 2, 3]));
        var path = Store.LocalPath("local/blob")!;
        Assert.Equal([1, 2, 3], await File.ReadAllBytesAsync(path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead, File.GetUnixFileMode(path));
    }

    [Fact]
    public async Task CreateAsync_WhileAChildIsBeingStarted_IsReadableAtOnce()
    {
        using var source = new CopyingStream();
        Assert.True(await Store.CreateAsync("forked/blob", source));
        Assert.NotEmpty(source.Copies);
        await using var stored = (await Store.OpenAsync("forked/blob"))!;
        Assert.Equal(CopyingStream.Bytes, stored.Length);
    }
}
