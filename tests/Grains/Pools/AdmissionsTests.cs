using Ptune.Grains.Hosting;
using Ptune.Grains.Pools;

namespace Ptune.Grains.Tests.Pools;

public sealed class AdmissionsTests
{
    private readonly PoolScheduler _pool = Queued.Pool(o => o.Tenants["a"] = new TenantOptions { MaxQueued = 3 });

    [Fact]
    public void Admit_NoQuota_IsAlwaysLetIn() => Assert.Null(_pool.Admit("b", [.. Enumerable.Range(0, 1000).Select(i => $"{i}")], Sample.Noon));

    [Fact]
    public void Admit_QueueFull_IsRefusedWithTheNumbers()
    {
        _pool.Fill(Queued.Job("1", tenant: "a"), Queued.Job("2", tenant: "a"), Queued.Job("3", tenant: "a"));
        Assert.StartsWith("Tenant a has 3 of at most 3 jobs waiting in pool default.", _pool.Admit("a", ["4"], Sample.Noon), StringComparison.Ordinal);
        _pool.Take(Queued.Ask(), Sample.Noon);
        Assert.Null(_pool.Admit("a", ["4"], Sample.Noon));
    }

    [Fact]
    public void Admit_AdmittedButNotYetCome_CountsUntilItIsTooLate()
    {
        Assert.Null(_pool.Admit("a", ["1", "2"], Sample.Noon));
        Assert.NotNull(_pool.Admit("a", ["3", "4"], Sample.Noon));
        Assert.Null(_pool.Admit("a", ["3"], Sample.Noon));
        Assert.NotNull(_pool.Admit("a", ["4"], Sample.Noon));
        _pool.Enqueue(Queued.Job("1", tenant: "a"));
        Assert.NotNull(_pool.Admit("a", ["4"], Sample.Noon));
        Assert.Null(_pool.Admit("a", ["4", "5"], Sample.Noon.AddSeconds(30)));
    }

    [Fact]
    public void Admit_KnownOrAskedAgain_IsLetIn()
    {
        _pool.Fill(Queued.Job("1", tenant: "a"), Queued.Job("2", tenant: "a"), Queued.Job("3", tenant: "a"));
        Assert.Null(_pool.Admit("a", ["1"], Sample.Noon));
        _pool.Remove("3", Sample.Noon);
        Assert.Null(_pool.Admit("a", ["4"], Sample.Noon));
        Assert.Null(_pool.Admit("a", ["4"], Sample.Noon));
    }
}
