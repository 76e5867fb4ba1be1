using System.Security.Cryptography;
using System.Text;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Stores;
using Ptune.Storage.Tests.Blobs;
using Ptune.Storage.Uploads;

namespace Ptune.Storage.Tests.Uploads;

/// <summary>What uploads do on every blob store.</summary>
public abstract class UploadStoreContract(TestStorage storage) : IAsyncDisposable
{
    private const int Piece = 40;

    private readonly string _tenant = Rows.NewTenant();

    private readonly byte[] _content = Encoding.UTF8.GetBytes(string.Join(' ', Enumerable.Repeat(Guid.NewGuid().ToString("N"), 4)));

    private IBlobStore Blobs { get; } = storage.Get<IBlobStore>();

    private string Sha256 => Convert.ToHexStringLower(SHA256.HashData(_content));

    private UploadStore Uploads => new(Blobs, new UploadLimits(Piece: Piece));

    public async ValueTask DisposeAsync()
    {
        await storage.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task AppendAsync_WholeFile_IsContentUnderItsDigest()
    {
        Assert.Equal(default, await Uploads.FindAsync(_tenant, Sha256));
        var result = await AppendAsync(0, _content);
        Assert.Equal(UploadStanding.Complete(_content.Length), result.Standing);
        Assert.Equal(_content, await ReadAsync());
        Assert.Equal(UploadStanding.Complete(_content.Length), await Uploads.FindAsync(_tenant, Sha256));
        Assert.Empty(await PiecesAsync());
        var listed = Assert.Single(await Uploads.ListAsync().Where(upload => upload.Tenant == _tenant).ToListAsync());
        Assert.Equal((Sha256, (long)_content.Length), (listed.Sha256, listed.Bytes));
    }

    [Fact]
    public async Task AppendAsync_InSeveralRequests_GoesOnWhereItEnded()
    {
        var first = await AppendAsync(0, _content[..50]);
        Assert.Equal(new UploadStanding(50, _content.Length, IsComplete: false), first.Standing);
        Assert.Equal(first.Standing, await Uploads.FindAsync(_tenant, Sha256));
        Assert.Equal(90, (await AppendAsync(50, _content[50..90])).Standing.Bytes);
        Assert.True((await AppendAsync(90, _content[90..])).Standing.IsComplete);
        Assert.Equal(_content, await ReadAsync());
    }

    [Fact]
    public async Task AppendAsync_ConnectionBreaks_KeepsWhatHasArrived()
    {
        using var broken = new BrokenStream(_content[..70]);
        var result = await Uploads.AppendAsync(_tenant, Sha256, 0, _content.Length, broken);
        Assert.Equal((70, UploadRefusal.None), (result.Standing.Bytes, result.Refusal));
        Assert.True((await AppendAsync(70, _content[70..])).Standing.IsComplete);
        Assert.Equal(_content, await ReadAsync());
    }

    [Fact]
    public async Task AppendAsync_SenderHasGone_KeepsWhatHasArrived()
    {
        using var gone = new CancellationTokenSource();
        using var sender = new PausedStream();
        var appending = Uploads.AppendAsync(_tenant, Convert.ToHexStringLower(SHA256.HashData(PausedStream.Content)), 0, PausedStream.Content.Length, sender, gone.Token);
        await sender.Reached;
        await gone.CancelAsync();
        Assert.Equal(1, (await appending).Standing.Bytes);
    }

    [Fact]
    public async Task AppendAsync_AtAnotherOffset_IsRefusedAndSaysWhereToGoOn()
    {
        await AppendAsync(0, _content[..50]);
        foreach (var offset in new[] { 0, 49, 51 })
        {
            var result = await AppendAsync(offset, _content[offset..]);
            Assert.Equal((UploadRefusal.WrongOffset, 50L), (result.Refusal, result.Standing.Bytes));
        }
        Assert.Null(await Blobs.OpenAsync(BlobNames.Content(Digest.Prefix + Sha256)));
    }

    [Fact]
    public async Task AppendAsync_OtherBytes_AreRefusedAndNothingIsLeft()
    {
        var result = await AppendAsync(0, [.. _content[..^1], 0]);
        Assert.Equal((UploadRefusal.WrongDigest, default), (result.Refusal, result.Standing));
        Assert.Contains(Sha256, result.Problem, StringComparison.Ordinal);
        Assert.Null(await Blobs.OpenAsync(BlobNames.Content(Digest.Prefix + Sha256)));
        Assert.Empty(await PiecesAsync());
        Assert.Empty(await Uploads.ListAsync().Where(upload => upload.Tenant == _tenant).ToListAsync());
    }

    [Fact]
    public async Task AppendAsync_WrongLength_IsRefusedAndNothingIsLeft()
    {
        var result = await Uploads.AppendAsync(_tenant, Sha256, 0, _content.Length - 1, new MemoryStream(_content));
        Assert.Equal(UploadRefusal.WrongDigest, result.Refusal);
        Assert.Empty(await PiecesAsync());
    }

    [Fact]
    public async Task AppendAsync_AnotherTotalThanBefore_IsRefusedUntilItIsDiscarded()
    {
        await AppendAsync(0, _content[..50]);
        Assert.Equal(UploadRefusal.OtherTotal, (await Uploads.AppendAsync(_tenant, Sha256, 50, 1000, new MemoryStream(_content[50..]))).Refusal);
        await Uploads.DiscardAsync(_tenant, Sha256);
        Assert.Equal(default, await Uploads.FindAsync(_tenant, Sha256));
        Assert.True((await AppendAsync(0, _content)).Standing.IsComplete);
        Assert.Equal(UploadRefusal.OtherTotal, (await Uploads.AppendAsync(_tenant, Sha256, 0, 1000, Stream.Null)).Refusal);
    }

    [Fact]
    public async Task AppendAsync_ContentIsThere_TakesNoByteAndRenewsIt()
    {
        await Blobs.CreateAsync(BlobNames.Content(Digest.Prefix + Sha256), new MemoryStream(_content));
        using var unread = new BrokenStream([]);
        Assert.True((await Uploads.AppendAsync(_tenant, Sha256, 0, _content.Length, unread)).Standing.IsComplete);
        Assert.Single(await Uploads.ListAsync().Where(upload => upload.Tenant == _tenant).ToListAsync());
    }

    [Fact]
    public async Task AppendAsync_AllHasArrivedButIsNotPutTogether_IsFinishedByTheNextRequest()
    {
        // What a server leaves that dies after the last byte.
        await Blobs.CreateAsync(BlobNames.UploadPiece(_tenant, Sha256, _content.Length, 0), new MemoryStream(_content));
        Assert.Equal(new UploadStanding(_content.Length, _content.Length, IsComplete: false), await Uploads.FindAsync(_tenant, Sha256));
        Assert.True((await AppendAsync(_content.Length, [])).Standing.IsComplete);
        Assert.Equal(_content, await ReadAsync());
    }

    [Fact]
    public async Task AppendAsync_EmptyFile_IsComplete()
    {
        var result = await Uploads.AppendAsync(_tenant, Convert.ToHexStringLower(SHA256.HashData([])), 0, 0, Stream.Null);
        Assert.Equal(UploadStanding.Complete(0), result.Standing);
    }

    [Fact]
    public async Task AppendAsync_ManySendersOfOneFile_MakeOneWholeFile()
    {
        var stores = Enumerable.Range(0, 4).Select(_ => Uploads).ToArray();
        await Task.WhenAll(stores.Select(async store =>
        {
            while (await store.FindAsync(_tenant, Sha256) is { IsComplete: false } standing)
                await store.AppendAsync(_tenant, Sha256, standing.Bytes, _content.Length, new MemoryStream(_content[(int)standing.Bytes..]));
        }));
        Assert.Equal(_content, await ReadAsync());
    }

    [Fact]
    public async Task AppendAsync_LargerThanAllowed_IsRefused()
    {
        var small = new UploadStore(Blobs, new UploadLimits(File: _content.Length - 1));
        var result = await small.AppendAsync(_tenant, Sha256, 0, _content.Length, new MemoryStream(_content));
        Assert.Equal(UploadRefusal.TooLarge, result.Refusal);
        Assert.Contains($"{_content.Length - 1:N0}", result.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AppendAsync_OverTheTenantsQuota_IsRefused()
    {
        await AppendAsync(0, _content);
        var limited = new UploadStore(Blobs, new UploadLimits(Tenant: _content.Length + 10));
        byte[] more = [.. _content, 1];
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(more));
        var result = await limited.AppendAsync(_tenant, sha256, 0, more.Length, new MemoryStream(more));
        Assert.Equal(UploadRefusal.OverQuota, result.Refusal);
        Assert.Contains($"{_content.Length + 10:N0}", result.Problem, StringComparison.Ordinal);
        Assert.True((await limited.AppendAsync(Rows.NewTenant(), sha256, 0, more.Length, new MemoryStream(more))).Standing.IsComplete);
    }

    private Task<UploadResult> AppendAsync(int offset, byte[] bytes) => Uploads.AppendAsync(_tenant, Sha256, offset, _content.Length, new MemoryStream(bytes));

    private async Task<byte[]> ReadAsync()
    {
        using var whole = new MemoryStream();
        await using var stored = (await Blobs.OpenAsync(BlobNames.Content(Digest.Prefix + Sha256)))!;
        await stored.CopyToAsync(whole);
        return whole.ToArray();
    }

    private async Task<List<BlobEntry>> PiecesAsync() => await Blobs.ListAsync($"{BlobNames.UploadPieces}{_tenant}/").ToListAsync();
}
