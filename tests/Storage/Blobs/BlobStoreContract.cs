using System.Text;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Stores;
using Ptune.Fixtures;

namespace Ptune.Storage.Tests.Blobs;

/// <summary>What every blob store does.</summary>
public abstract class BlobStoreContract(TestStorage storage) : IAsyncDisposable
{
    private readonly string _prefix = Guid.NewGuid().ToString("N") + "/";

    protected IBlobStore Store { get; } = storage.Get<IBlobStore>();

    public async ValueTask DisposeAsync()
    {
        await storage.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task CreateAsync_NewName_IsReadBackWhole()
    {
        Assert.True(await CreateAsync("a/b.txt", "hello"));
        Assert.Equal("hello", await ReadAsync("a/b.txt"));
    }

    [Fact]
    public async Task CreateAsync_Empty_IsThere()
    {
        Assert.True(await CreateAsync("empty", ""));
        Assert.Equal("", await ReadAsync("empty"));
    }

    [Fact]
    public async Task CreateAsync_TakenName_LeavesTheFirst()
    {
        await CreateAsync("once", "first");
        Assert.False(await CreateAsync("once", "second"));
        Assert.Equal("first", await ReadAsync("once"));
    }

    [Fact]
    public async Task CreateAsync_32AtOnce_OneWins()
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var writers = Enumerable.Range(0, 32).Select(async number =>
        {
            await start.Task;
            return (number, Created: await CreateAsync("race", $"writer {number}"));
        }).ToArray();
        start.SetResult();
        var winner = Assert.Single(await Task.WhenAll(writers), writer => writer.Created);
        Assert.Equal($"writer {winner.number}", await ReadAsync("race"));
    }

    [Fact]
    public async Task CreateAsync_LargeStreamWithoutLength_IsReadBackWhole()
    {
        const int Bytes = 70_000_000;
        using var source = new GeneratedStream(Bytes);
        Assert.True(await Store.CreateAsync(_prefix + "large", source));
        await using var stored = (await Store.OpenAsync(_prefix + "large"))!;
        using var again = new GeneratedStream(Bytes);
        Assert.Equal(await Digest.OfAsync(again), await Digest.OfAsync(stored));
    }

    [Fact]
    public async Task CreateAsync_SourceFails_NothingIsLeft()
    {
        using var source = new GeneratedStream(20_000_000, failAt: 10_000_000);
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => Store.CreateAsync(_prefix + "half", source));
        Assert.Equal(GeneratedStream.Failure, failure.Message);
        Assert.Null(await Store.OpenAsync(_prefix + "half"));
        Assert.Empty(await NamesAsync(""));
    }

    [Fact]
    public async Task OpenAsync_NoSuchBlob_IsNull() => Assert.Null(await Store.OpenAsync(_prefix + "nowhere/nothing"));

    [Fact]
    public async Task OpenAsync_Twice_StreamsAreIndependent()
    {
        await CreateAsync("shared", "0123456789");
        await using var first = (await Store.OpenAsync(_prefix + "shared"))!;
        await using var second = (await Store.OpenAsync(_prefix + "shared"))!;
        Assert.Equal('0', first.ReadByte());
        Assert.Equal('1', first.ReadByte());
        Assert.Equal('0', second.ReadByte());
    }

    [Fact]
    public async Task ListAsync_ManyNames_AreInOrdinalOrder()
    {
        string[] names = ["b/2", "a-1", "B/1", "a/10", "a/9", "a.b", "aa", "b/1/x", "_", "b=1"];
        foreach (var name in names) await CreateAsync(name, name);
        Assert.Equal(names.Order(StringComparer.Ordinal), await NamesAsync(""));
    }

    [Fact]
    public async Task ListAsync_PrefixInsideAPart_ListsWhatStartsSo()
    {
        foreach (var name in new[] { "checkpoints/t.1/a", "checkpoints/t.12/b", "checkpoints/t.2/c", "checks" }) await CreateAsync(name, name);
        Assert.Equal(["checkpoints/t.1/a", "checkpoints/t.12/b"], await NamesAsync("checkpoints/t.1"));
        Assert.Equal(["checkpoints/t.1/a"], await NamesAsync("checkpoints/t.1/"));
        Assert.Empty(await NamesAsync("checkpoints/x/"));
    }

    [Fact]
    public async Task ListAsync_Blob_HasItsLengthAndTime()
    {
        var before = DateTimeOffset.UtcNow.AddMinutes(-1);
        await CreateAsync("sized", "12345");
        var blob = Assert.Single(await Store.ListAsync(_prefix).ToListAsync());
        Assert.Equal(5, blob.Bytes);
        Assert.InRange(blob.Created, before, DateTimeOffset.UtcNow.AddMinutes(1));
    }

    [Fact]
    public async Task DeleteAsync_Blob_IsGoneAndItsNameFree()
    {
        await CreateAsync("gone", "1");
        await Store.DeleteAsync(_prefix + "gone");
        await Store.DeleteAsync(_prefix + "gone");
        Assert.Null(await Store.OpenAsync(_prefix + "gone"));
        Assert.True(await CreateAsync("gone", "2"));
        Assert.Equal("2", await ReadAsync("gone"));
    }

    [Fact]
    public async Task RenewAsync_Blob_IsNewAndUnchanged()
    {
        Assert.True(await CreateAsync("old", "content"));
        var created = Assert.Single(await Store.ListAsync(_prefix).ToListAsync()).Created;
        // Some stores' times are whole seconds.
        await Eventually.ValueAsync("the blob is newer", async () =>
        {
            Assert.True(await Store.RenewAsync(_prefix + "old"));
            return Assert.Single(await Store.ListAsync(_prefix).ToListAsync()).Created;
        }, renewed => renewed > created);
        Assert.Equal("content", await ReadAsync("old"));
    }

    [Fact]
    public async Task RenewAsync_NoSuchBlob_IsFalseAndMakesNone()
    {
        Assert.False(await Store.RenewAsync(_prefix + "nowhere/nothing"));
        Assert.Empty(await NamesAsync(""));
    }

    [Fact]
    public async Task RenewAsync_WhileItIsRead_DoesNotDisturbTheReader()
    {
        const int Bytes = 20_000_000;
        using var source = new GeneratedStream(Bytes);
        await Store.CreateAsync(_prefix + "read", source);
        await using var stored = (await Store.OpenAsync(_prefix + "read"))!;
        var first = new byte[1000];
        await stored.ReadExactlyAsync(first);
        Assert.True(await Store.RenewAsync(_prefix + "read"));
        using var whole = new MemoryStream(Bytes);
        whole.Write(first);
        await stored.CopyToAsync(whole);
        using var again = new GeneratedStream(Bytes);
        Assert.Equal(await Digest.OfAsync(again), Digest.Of(whole.GetBuffer().AsSpan(0, (int)whole.Length)));
    }

    [Fact]
    public async Task DeleteAsync_OlderThanTheTime_IsGone()
    {
        await CreateAsync("dir/old", "1");
        Assert.True(await Store.DeleteAsync(_prefix + "dir/old", DateTimeOffset.UtcNow.AddMinutes(1)));
        Assert.Null(await Store.OpenAsync(_prefix + "dir/old"));
        Assert.False(await Store.DeleteAsync(_prefix + "dir/old", DateTimeOffset.UtcNow.AddMinutes(1)));
    }

    [Fact]
    public async Task DeleteAsync_NewerThanTheTime_Stays()
    {
        await CreateAsync("new", "1");
        Assert.False(await Store.DeleteAsync(_prefix + "new", DateTimeOffset.UtcNow.AddMinutes(-1)));
        Assert.Equal("1", await ReadAsync("new"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("../outside")]
    [InlineData("a/../../outside")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData(".hidden")]
    [InlineData("a/./b")]
    [InlineData("a\\b")]
    [InlineData("a b")]
    [InlineData("a\0b")]
    public async Task AnyName_ThatLeavesTheStoreOrIsNotPortable_IsRefused(string name)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Store.CreateAsync(name, new MemoryStream([1])));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.OpenAsync(name));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.DeleteAsync(name));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.DeleteAsync(name, DateTimeOffset.UtcNow));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.RenewAsync(name));
    }

    [Theory]
    [InlineData("../")]
    [InlineData("/")]
    [InlineData(".unfinished/")]
    public async Task ListAsync_PrefixOutsideTheStore_IsRefused(string prefix) =>
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.ListAsync(prefix).ToListAsync());

    private Task<bool> CreateAsync(string name, string content) => Store.CreateAsync(_prefix + name, new MemoryStream(Encoding.UTF8.GetBytes(content)));

    private async Task<string> ReadAsync(string name)
    {
        using var reader = new StreamReader((await Store.OpenAsync(_prefix + name))!);
        return await reader.ReadToEndAsync();
    }

    private async Task<string[]> NamesAsync(string prefix) =>
        await Store.ListAsync(_prefix + prefix).Select(blob => blob.Name[_prefix.Length..]).ToArrayAsync();
}
