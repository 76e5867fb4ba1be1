using Ptune.Grains.Shell;

namespace Ptune.Grains.Tests.Shell;

public sealed class OutboxTests
{
    [Fact]
    public void With_SameKindAndTarget_ReplacesWithANewNumber()
    {
        var outbox = Outbox.Empty.With("row").With("tell", "ann").With("row");
        Assert.Equal([new Effect(2, "tell", "ann"), new Effect(3, "row", "")], outbox.Pending);
    }

    [Fact]
    public void Without_NumberOfAReplacedEffect_KeepsTheNewOne()
    {
        var outbox = Outbox.Empty.With("row").With("row");
        Assert.Same(outbox, outbox.Without(new HashSet<long> { 1 }));
        Assert.Empty(outbox.Without(new HashSet<long> { 2 }).Pending);
        Assert.Equal(2, outbox.Without(new HashSet<long> { 2 }).Last);
    }
}
