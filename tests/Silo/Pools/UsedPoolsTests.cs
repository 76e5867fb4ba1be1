using Microsoft.Extensions.Time.Testing;
using Ptune.Contracts.Pools;
using Ptune.Silo.Pools;

namespace Ptune.Silo.Tests.Pools;

public sealed class UsedPoolsTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Names_PoolIsUsedNoMore_LeavesAfterAWhileAndTheDefaultStays()
    {
        var used = new UsedPools(_time);
        used.See("gpu");
        _time.Advance(UsedPools.Kept);
        used.See(new PoolView("gpu", 0, 0, []));
        Assert.Equal(["default", "gpu"], used.Names.Order());
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(["default"], used.Names);
    }

    [Fact]
    public void Names_RowsAreReadRarely_StayUntilTheyHaveBeenReadAgain()
    {
        var used = new UsedPools(_time) { Round = TimeSpan.FromMinutes(20) };
        used.See("ann", "gpu");
        _time.Advance(TimeSpan.FromMinutes(20) + UsedPools.Kept);
        Assert.Contains("gpu", used.Names);
    }

    [Fact]
    public void Refusal_AsManyPoolsAsATenantMayHave_TakesOnlyThoseInUse()
    {
        var used = new UsedPools(_time);
        used.See("with-workers");
        Assert.All(["a", "b", "a"], pool => Assert.Null(used.Refusal("ann", pool, most: 2)));
        Assert.Equal("ann has jobs in 2 pools, as many as it may; 'c' would be one more.", used.Refusal("ann", "c", most: 2));
        Assert.All(["a", "default", "with-workers"], pool => Assert.Null(used.Refusal("ann", pool, most: 2)));
        Assert.Null(used.Refusal("bob", "c", most: 2));

        _time.Advance(UsedPools.Kept + TimeSpan.FromTicks(1));
        Assert.Null(used.Refusal("ann", "d", most: 2));
    }
}
