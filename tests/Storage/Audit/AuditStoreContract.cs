using Ptune.Contracts.Stores;

namespace Ptune.Storage.Tests.Audit;

/// <summary>What every store of the audit trail does.</summary>
public abstract class AuditStoreContract(TestStorage storage) : IAsyncDisposable
{
    protected string Chain { get; } = Rows.NewTenant();

    protected IAuditStore Store { get; } = storage.Get<IAuditStore>();

    public async ValueTask DisposeAsync()
    {
        await storage.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task AppendAsync_Rows_AreReadUpAndDown()
    {
        Assert.Empty(await Store.AppendAsync(Chain, [Row(1), Row(2)]));
        Assert.Empty(await Store.AppendAsync(Chain, [Row(3)]));
        Assert.Equal([Row(2), Row(3)], await Store.ReadAsync(Chain, 2).ToArrayAsync());
        Assert.Equal([Row(2), Row(1)], await Store.ReadBackAsync(Chain, 2).ToArrayAsync());
        Assert.Equal(Row(2), await Store.FindAsync(Chain, 2));
        Assert.Null(await Store.FindAsync(Chain, 4));
        Assert.Equal(Row(3), await Store.FindAsync(Chain, "key 3"));
        Assert.Null(await Store.FindAsync(Chain, "key 4"));
        Assert.Empty(await Store.ReadAsync(Rows.NewTenant(), 1).ToArrayAsync());
    }

    [Fact]
    public async Task AppendAsync_LargestGroupAndMoreThanAPage_AreAllRead()
    {
        var rows = Enumerable.Range(1, 13 * IAuditStore.LargestGroup).Select(i => Row(i)).ToArray();
        foreach (var group in rows.Chunk(IAuditStore.LargestGroup)) Assert.Empty(await Store.AppendAsync(Chain, group));
        Assert.Equal(rows, await Store.ReadAsync(Chain, 1).ToArrayAsync());
        Assert.Equal(rows.Reverse(), await Store.ReadBackAsync(Chain, rows.Length).ToArrayAsync());
    }

    [Fact]
    public async Task AppendAsync_KnownKey_AddsNothingAndSaysWhich()
    {
        await Store.AppendAsync(Chain, [Row(1), Row(2)]);
        Assert.Equal(["key 2"], await Store.AppendAsync(Chain, [Row(3), Row(4) with { Key = "key 2" }]));
        Assert.Equal([Row(1), Row(2)], await Store.ReadAsync(Chain, 1).ToArrayAsync());
        Assert.Empty(await Store.AppendAsync(Chain, [Row(3), Row(4)]));
    }

    [Fact]
    public async Task AppendAsync_AnswerWasLost_SaysThatAllKeysAreThere()
    {
        await Store.AppendAsync(Chain, [Row(1), Row(2)]);
        Assert.Equal(["key 1", "key 2"], await Store.AppendAsync(Chain, [Row(1), Row(2)]));
    }

    [Fact]
    public async Task AppendAsync_TakenPlace_IsRefusedAndLeftAsItIs()
    {
        await Store.AppendAsync(Chain, [Row(1)]);
        await Assert.ThrowsAsync<AuditSequenceTakenException>(() => Store.AppendAsync(Chain, [Row(1) with { Key = "another" }, Row(2)]));
        Assert.Equal([Row(1)], await Store.ReadAsync(Chain, 1).ToArrayAsync());
    }

    [Fact]
    public async Task AppendAsync_ManyWritersAtOnePlace_OneAddsIt()
    {
        var writers = Enumerable.Range(0, 8).Select(i => TryAsync(Row(1) with { Key = $"writer {i}" }));
        Assert.Single(await Task.WhenAll(writers), added => added);
        Assert.Single(await Store.ReadAsync(Chain, 1).ToArrayAsync());
    }

    [Fact]
    public async Task RemoveAsync_OldRows_GoWithTheirKeys()
    {
        await Store.AppendAsync(Chain, [Row(1), Row(2), Row(3)]);
        await Store.RemoveAsync(Chain, 3);
        Assert.Equal([Row(3)], await Store.ReadAsync(Chain, 1).ToArrayAsync());
        Assert.Equal([Row(3)], await Store.ReadBackAsync(Chain, 3).ToArrayAsync());
        Assert.Empty(await Store.AppendAsync(Chain, [Row(4) with { Key = "key 1" }]));
    }

    protected static StoredAuditRow Row(long sequence) => new(sequence, $"key {sequence}", $"digest {sequence}", $$"""{"sequence":{{sequence}},"who":"Ann 'O\"Neil' 日本"}""");

    private async Task<bool> TryAsync(StoredAuditRow row)
    {
        try
        {
            return (await Store.AppendAsync(Chain, [row])).Count == 0;
        }
        catch (AuditSequenceTakenException)
        {
            return false;
        }
    }
}
