using Ptune.Contracts.Specs;
using Ptune.Grains.Pools.Index;

namespace Ptune.Grains.Tests.Pools.Index;

public sealed class JobIndexTests
{
    private readonly Accounts _accounts = new(() => new Dictionary<string, Grains.Hosting.TenantOptions>());
    private readonly JobIndex _index;

    public JobIndexTests() => _index = new JobIndex(_accounts);

    [Fact]
    public void Put_AgainWithAnotherPriority_MovesItAndKeepsItsCounts()
    {
        _index.Put(Queued.Job("1", priority: 1)).Overtaken = 3;
        _index.Put(Queued.Job("2", priority: 2));
        var moved = _index.Put(Queued.Job("1", priority: 3));
        Assert.Equal((3, 3), (moved.Overtaken, moved.Lane.Priority));
        Assert.Equal([3, 2], _index.Classes.Select(c => c.Priority));
        Assert.Equal((2, 2), (_index.Count, _accounts.Of("default").Queued));
    }

    [Fact]
    public void Put_EqualNeedsInAnotherOrder_ShareALane()
    {
        _index.Put(Queued.Job("1") with { Needs = Labelled("a", "b"), ExcludedWorkers = ["x", "y"] });
        _index.Put(Queued.Job("2") with { Needs = Labelled("b", "a"), ExcludedWorkers = ["y", "x"] });
        Assert.Equal(2, Assert.Single(_index.Lanes).Count);

        static Needs Labelled(params string[] labels) => new() { Labels = labels.ToDictionary(l => l, _ => "yes") };
    }

    [Fact]
    public void Remove_TheLastOfALane_LeavesNothing()
    {
        _index.Put(Queued.Job("1", tenant: "a"));
        _index.Put(Queued.Job("2", tenant: "b") with { NotBefore = Sample.Noon.AddHours(1) });
        Assert.NotNull(_index.Remove("1"));
        Assert.NotNull(_index.Remove("2"));
        Assert.Null(_index.Remove("2"));
        Assert.Empty(_index.Classes);
        Assert.Equal((0, 0), (_accounts.Of("a").Queued, _accounts.Of("b").Queued));
    }

    [Fact]
    public void ToJob_AnyJob_IsWhatWasPut()
    {
        var job = Queued.Job("1", 7, 5, "ann", "m") with { Needs = Queued.Memory(4), NotBefore = Sample.Noon.AddMinutes(1), ExcludedWorkers = ["w"] };
        var back = _index.Put(job).ToJob();
        Assert.Equal(job with { Models = back.Models, ExcludedWorkers = back.ExcludedWorkers }, back);
        Assert.Equal(["m", "w"], back.Models.Concat(back.ExcludedWorkers!));
    }

    [Fact]
    public void Promote_BackOffEnded_TakesItsOldPlace()
    {
        var lane = _index.Put(Queued.Job("1", second: 1) with { NotBefore = Sample.Noon.AddMinutes(1) }).Lane;
        _index.Put(Queued.Job("2", second: 2));
        lane.Promote(Sample.Noon.AddSeconds(59));
        Assert.Equal(("2", 1), (lane.Ready.First!.JobId, lane.Delayed.Count));
        lane.Promote(Sample.Noon.AddSeconds(60));
        Assert.Equal(("1", 0), (lane.Ready.First!.JobId, lane.Delayed.Count));
    }
}
