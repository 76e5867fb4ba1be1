using System.Security.Cryptography;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Stores;
using Ptune.Fixtures;
using Ptune.Storage.Embedded;
using Ptune.Storage.Tests.Blobs;
using Ptune.Storage.Uploads;

namespace Ptune.Storage.Tests.Uploads;

/// <summary>Uploads into a folder: one file grows, and gets its name in the end.</summary>
public sealed class GrowingUploadTests : IDisposable
{
    private const string Tenant = "red";

    private readonly TemporaryFolder _folder = new("growing");
    private readonly UncopiedBlobs _blobs;
    private readonly byte[] _content = RandomNumberGenerator.GetBytes(130);

    public GrowingUploadTests() => _blobs = new UncopiedBlobs(_folder.Location);

    private string Sha256 => Convert.ToHexStringLower(SHA256.HashData(_content));

    private string Content => BlobNames.Content(Digest.Prefix + Sha256);

    private UploadStore Uploads => new(_blobs, new UploadLimits(Piece: 40));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AppendAsync_WholeInOneRequest_IsNeitherReadNorCopied()
    {
        Assert.True((await AppendAsync(0, _content)).Standing.IsComplete);
        Assert.Equal(_content, File.ReadAllBytes(_blobs.LocalPath(Content)!));
    }

    [Fact]
    public async Task AppendAsync_OtherBytesInOneRequest_LeaveNothing()
    {
        Assert.Equal(UploadRefusal.WrongDigest, (await AppendAsync(0, [.. _content[..^1], (byte)~_content[^1]])).Refusal);
        Assert.Empty(await _blobs.ListAsync("").ToListAsync());
    }

    [Fact]
    public async Task AppendAsync_InTwoRequests_IsReadForItsDigestAndNotCopied()
    {
        Assert.Equal(90, (await AppendAsync(0, _content[..90])).Standing.Bytes);
        _blobs.IsReadable = true;
        Assert.True((await AppendAsync(90, _content[90..])).Standing.IsComplete);
        Assert.Equal(_content, File.ReadAllBytes(_blobs.LocalPath(Content)!));
    }

    [Fact]
    public async Task AppendAsync_OtherBytesInTheFirstOfTwoRequests_LeaveNothing()
    {
        await AppendAsync(0, [(byte)~_content[0], .. _content[1..90]]);
        _blobs.IsReadable = true;
        Assert.Equal(UploadRefusal.WrongDigest, (await AppendAsync(90, _content[90..])).Refusal);
        Assert.Empty(await _blobs.ListAsync("").ToListAsync());
    }

    [Fact]
    public async Task AppendAsync_WholeFile_MayNotBeWrittenAnyMore()
    {
        await AppendAsync(0, _content);
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(_blobs.LocalPath(Content)!) & (UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite));
        Assert.False(await new FolderBlobStore(_folder.Location).RenameAsync(await PieceAsync(), Content));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task AppendAsync_PartsOfAnEarlierVersion_AreGoneOnWith(int parts)
    {
        var blobs = new FolderBlobStore(_folder.Location);
        for (var i = 0; i < parts; i++) await blobs.CreateAsync(BlobNames.UploadPiece(Tenant, Sha256, _content.Length, 40 * i), new MemoryStream(_content[(40 * i)..(40 * (i + 1))]));
        var uploads = new UploadStore(blobs, new UploadLimits(Piece: 40));
        Assert.True((await uploads.AppendAsync(Tenant, Sha256, 40 * parts, _content.Length, new MemoryStream(_content[(40 * parts)..]))).Standing.IsComplete);
        Assert.Equal(_content, File.ReadAllBytes(blobs.LocalPath(Content)!));
    }

    [Fact]
    public async Task AppendAsync_AnotherIsWriting_TakesNothingUntilThatHasEnded()
    {
        using var first = new PausedStream();
        var (sha256, total) = (Convert.ToHexStringLower(SHA256.HashData(PausedStream.Content)), PausedStream.Content.Length);
        var uploads = new UploadStore(new FolderBlobStore(_folder.Location), new UploadLimits());
        using var gone = new CancellationTokenSource();
        var appending = uploads.AppendAsync(Tenant, sha256, 0, total, first, gone.Token);
        await first.Reached;

        var standing = await uploads.FindAsync(Tenant, sha256);
        var busy = await uploads.AppendAsync(Tenant, sha256, standing.Bytes, total, new MemoryStream(PausedStream.Content[(int)standing.Bytes..]));
        Assert.Equal((standing.Bytes, false), (busy.Standing.Bytes, busy.Standing.IsComplete));

        await gone.CancelAsync();
        var left = (await appending).Standing;
        Assert.True((await uploads.AppendAsync(Tenant, sha256, left.Bytes, total, new MemoryStream(PausedStream.Content[(int)left.Bytes..]))).Standing.IsComplete);
    }

    private async Task<string> PieceAsync()
    {
        var name = BlobNames.UploadPiece(Tenant, Sha256, 3, 0);
        await _blobs.AppendAsync(name, 0, new MemoryStream([1, 2, 3]));
        return name;
    }

    private Task<UploadResult> AppendAsync(int offset, byte[] bytes) => Uploads.AppendAsync(Tenant, Sha256, offset, _content.Length, new MemoryStream(bytes));
}
