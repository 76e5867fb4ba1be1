using Ptune.Grains.Hosting;
using Ptune.Grains.Pools.Index;
using Ptune.Grains.Pools.Policies;

namespace Ptune.Grains.Tests.Pools.Policies;

public sealed class WarmModelsTests
{
    private static readonly Lane _lane = new(100, new Account("default", new TenantOptions()), Shape.Any);

    [Fact]
    public void Score_SomeHeld_CountsThem() => Assert.Equal(2, WarmModels.Score(["a", "b", "c"], ["a", "c", "d"]));

    [Fact]
    public void Choose_OneWarm_PrefersItAndTheOldestOfTwo()
    {
        QueueEntry[] equals = [Entry("cold"), Entry("hot"), Entry("hot")];
        Assert.Equal(1, new WarmModels(4, 3).Choose(equals, ["hot"]));
    }

    [Fact]
    public void Choose_OldestOvertakenOftenEnough_GoesFirst()
    {
        QueueEntry[] equals = [Entry("cold"), Entry("hot")];
        equals[0].Overtaken = 3;
        Assert.Equal(0, new WarmModels(4, 3).Choose(equals, ["hot"]));
    }

    [Fact]
    public void Choose_WarmOutsideTheWindow_IsNotSeen() =>
        Assert.Equal(0, new WarmModels(2, 3).Choose([Entry("cold"), Entry("cold"), Entry("hot")], ["hot"]));

    private static QueueEntry Entry(string model) => new(Guid.NewGuid().ToString(), 0, 0, [model], _lane);
}
