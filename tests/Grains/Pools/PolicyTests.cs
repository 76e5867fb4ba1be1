using CsCheck;
using Ptune.Contracts.Workers;
using Ptune.Grains.Pools.Policies;

namespace Ptune.Grains.Tests.Pools;

public sealed class PolicyTests
{
    [Fact]
    public void QueueOrder_AnyThree_IsATotalOrder() => Gen.Select(Queued.Some, Gen.Int[0, 1000], Gen.Int[0, 1000], Gen.Int[0, 1000]).Sample(t =>
    {
        if (t.Item1.Length == 0) return;
        var (x, y, z) = (t.Item1[t.Item2 % t.Item1.Length], t.Item1[t.Item3 % t.Item1.Length], t.Item1[t.Item4 % t.Item1.Length]);
        var order = QueueOrder.Instance;
        Assert.Equal(Math.Sign(order.Compare(x, y)), -Math.Sign(order.Compare(y, x)));
        Assert.Equal(x.JobId == y.JobId, order.Compare(x, y) == 0);
        if (order.Compare(x, y) < 0 && order.Compare(y, z) < 0) Assert.True(order.Compare(x, z) < 0);
    });

    [Fact]
    public void Fit_WorkingWorker_HasNoObstacle() => Assert.Null(Fit.Obstacle(Queued.Job("1"), Queued.Worker()));

    [Fact]
    public void Fit_DrainingWorker_NamesTheRule() =>
        Assert.Contains("leaving", Fit.Obstacle(Queued.Job("1"), Queued.Worker() with { Order = WorkerOrder.Drain })!, StringComparison.Ordinal);

    [Fact]
    public void WarmModels_SomeHeld_CountsThem() =>
        Assert.Equal(2, WarmModels.Score(Queued.Job("1", models: ["a", "b", "c"]), Queued.Worker("a", "c", "d").Request));
}
