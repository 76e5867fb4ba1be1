using Ptune.Contracts.Stores;

namespace Ptune.Storage.Tests.Audit;

public sealed class EmbeddedAuditStoreTests() : AuditStoreContract(TestStorage.Embedded())
{
    [Fact]
    public async Task AppendAsync_RowThatFollowsOneThatIsNotThere_IsRefused()
    {
        Assert.True(Store.AtOnce > 1);
        await Store.AppendAsync(Chain, [Row(1)]);
        await Assert.ThrowsAsync<AuditSequenceTakenException>(() => Store.AppendAsync(Chain, [Row(3)], follows: true));
        Assert.Empty(await Store.AppendAsync(Chain, [Row(2)], follows: true));
        Assert.Equal([Row(1), Row(2)], await Store.ReadAsync(Chain, 1).ToArrayAsync());
    }
}
