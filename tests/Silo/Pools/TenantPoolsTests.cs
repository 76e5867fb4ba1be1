using Microsoft.Extensions.Time.Testing;
using Ptune.Silo.Pools;

namespace Ptune.Silo.Tests.Pools;

public sealed class TenantPoolsTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Refusal_AsManyPoolsAsATenantMayHave_TakesOnlyThoseThatItHas()
    {
        var pools = new TenantPools(_time);
        Assert.All(["a", "b", "a"], pool => Assert.Null(pools.Refusal("ann", pool, most: 2)));
        Assert.Equal("ann has jobs in 2 pools, as many as it may; 'c' would be one more.", pools.Refusal("ann", "c", most: 2));
        Assert.Null(pools.Refusal("ann", "a", most: 2));
        Assert.Null(pools.Refusal("bob", "c", most: 2));
    }

    [Fact]
    public void Refusal_PoolsHaveNoJobsAnyMore_MakeRoom()
    {
        var pools = new TenantPools(_time) { Round = TimeSpan.FromMinutes(20) };
        pools.See("ann", "a");
        _time.Advance(TenantPools.Kept + pools.Round);
        Assert.NotNull(pools.Refusal("ann", "b", most: 1));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Null(pools.Refusal("ann", "b", most: 1));
    }
}
