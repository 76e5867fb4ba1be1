using Ptune.Contracts.Registry;
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

    [Fact]
    public void Set_FreeName_StandsForTheDigest()
    {
        var (state, reply, _) = RegistryMachine.Set(null, "t", "vit@v1", "d1", move: false, "ann", Sample.Noon);
        Assert.Equal((NameOutcome.Set, "d1", "ann", null), (reply.Outcome, reply.Row.Digest, reply.Row.By, reply.Previous));
        Assert.True(state!.Outbox.Has(RegistryMachine.Row, "vit@v1"));
    }

    [Fact]
    public void Set_NameOfAnotherDigest_IsTakenUnlessItIsMoved()
    {
        var state = RegistryMachine.Set(null, "t", "vit@v1", "d1", move: false, "ann", Sample.Noon).State;
        var refused = RegistryMachine.Set(state, "t", "vit@v1", "d2", move: false, "bob", Sample.Noon);
        Assert.Same(state, refused.State);
        Assert.Equal((NameOutcome.Taken, "d1"), (refused.Answer.Outcome, refused.Answer.Row.Digest));
        var moved = RegistryMachine.Set(state, "t", "vit@v1", "d2", move: true, "bob", Sample.Noon.AddDays(1));
        Assert.Equal((NameOutcome.Set, "d1"), (moved.Answer.Outcome, moved.Answer.Previous));
        Assert.Equal([("d1", "ann", 1L), ("d2", "bob", 2L)], moved.State!.Publications.Select(p => (p.Digest, p.By!, p.Version)));
    }

    [Fact]
    public void Set_TheSameDigest_ChangesNothing()
    {
        var state = RegistryMachine.Set(null, "t", "vit@v1", "d1", move: false, "ann", Sample.Noon).State;
        var again = RegistryMachine.Set(state, "t", "vit@v1", "d1", move: true, "bob", Sample.Noon);
        Assert.Same(state, again.State);
        Assert.Equal((NameOutcome.Same, "ann"), (again.Answer.Outcome, again.Answer.Row.By));
    }

    [Fact]
    public void Remove_Name_IsFreeAndKeepsItsHistory()
    {
        var state = RegistryMachine.Set(null, "t", "vit@v1", "d1", move: false, null, Sample.Noon).State;
        Assert.Same(state, RegistryMachine.Remove(state, "t", "vit@v1", "d2", null, Sample.Noon).State);
        var (removed, row, _) = RegistryMachine.Remove(state, "t", "vit@v1", "d1", "ann", Sample.Noon);
        Assert.Equal("d1", row!.Digest);
        Assert.Null(RegistryMachine.Standing(removed, "vit@v1"));
        Assert.Equal(["d1", ""], removed!.Publications.Select(p => p.Digest));
        Assert.Null(RegistryMachine.Remove(removed, "t", "vit@v1", null, null, Sample.Noon).Answer);
        var again = RegistryMachine.Set(removed, "t", "vit@v1", "d2", move: false, null, Sample.Noon);
        Assert.Equal((NameOutcome.Set, 3L, null), (again.Answer.Outcome, again.Answer.Row.Version, again.Answer.Previous));
    }
}
