using System.IO.Compression;
using Ptune.Fixtures;
using Ptune.Silo.Admission;
using Ptune.Silo.Tests.Support;

namespace Ptune.Silo.Tests.Admission;

public sealed class IdxFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("idx");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ReadAsync_Labels_FindsTheGreatestAndItsOffset()
    {
        var file = await ReadAsync(IdxDataset.Labels(20, different: 7), 1);
        Assert.Equal([20], file.Sizes);
        Assert.Equal(6, file.GreatestLabel);
        Assert.Equal(8 + 6, file.GreatestAt);
    }

    [Fact]
    public async Task ReadAsync_Compressed_IsReadAndDigestedAsItLies()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) await gzip.WriteAsync(IdxDataset.Images(3, 5));
        var file = await ReadAsync(packed.ToArray(), 3);
        Assert.Equal([3, 5, 5], file.Sizes);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(packed.ToArray())), file.Sha256);
    }

    [Theory]
    [InlineData(new byte[] { }, "offset 0")]
    [InlineData(new byte[] { 0, 0, 8 }, "offset 3")]
    [InlineData(new byte[] { 1, 0, 8, 1, 0, 0, 0, 1, 0 }, "offset 0")]
    [InlineData(new byte[] { 0, 0, 13, 1, 0, 0, 0, 1, 0 }, "offset 2")]
    [InlineData(new byte[] { 0, 0, 8, 3, 0, 0, 0, 1, 0 }, "offset 3")]
    [InlineData(new byte[] { 0, 0, 8, 1, 255, 255, 255, 255, 0 }, "offset 4")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 3, 0, 1 }, "offset 10")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 1, 0, 1 }, "offset 9")]
    public async Task ReadAsync_DamagedLabels_NamesTheOffset(byte[] bytes, string offset)
    {
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(bytes, 1));
        Assert.Contains(offset, error.Message, StringComparison.Ordinal);
    }

    private Task<IdxFile> ReadAsync(byte[] bytes, int dimensions)
    {
        var path = _folder.PathOf("file");
        File.WriteAllBytes(path, bytes);
        return IdxFile.ReadAsync(path, dimensions, CancellationToken.None);
    }
}
