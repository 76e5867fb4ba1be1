using Ptune.Grains.Registry;

namespace Ptune.Grains.Tests.Registry;

public sealed class RegistryMachineTests
{
    [Fact]
    public void Publish_SameDigestAgain_ChangesNothing()
    {
        var first = RegistryMachine.Publish(null, "t", "vit@v1", "d1", Sample.Noon);
        var again = RegistryMachine.Publish(first.State, "t", "vit@v1", "d1", Sample.Noon.AddDays(1));
        Assert.Same(first.State, again.State);
        Assert.Equal(first.Answer, again.Answer);
    }

    [Fact]
    public void Publish_AnotherDigest_MovesTheAliasAndKeepsTheHistory()
    {
        var state = RegistryMachine.Publish(null, "t", "vit@v1", "d1", Sample.Noon).State;
        state = RegistryMachine.Publish(state, "t", "vit@v2", "d9", Sample.Noon).State;
        var (moved, row, _) = RegistryMachine.Publish(state, "t", "vit@v1", "d2", Sample.Noon);
        Assert.Equal((2L, "d2"), (row.Version, RegistryMachine.Latest(moved, "vit@v1")!.Digest));
        Assert.Equal(["d1", "d9", "d2"], moved!.Publications.Select(p => p.Digest));
        Assert.True(moved.Outbox.Has(RegistryMachine.Row, "vit@v1"));
        Assert.Equal("d9", RegistryMachine.Latest(moved, "vit@v2")!.Digest);
    }
}
