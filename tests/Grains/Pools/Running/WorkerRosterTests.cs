using Ptune.Contracts.Workers;
using Ptune.Grains.Pools.Running;

namespace Ptune.Grains.Tests.Pools.Running;

public sealed class WorkerRosterTests
{
    private readonly WorkerRoster _roster = new(TimeSpan.FromSeconds(60));

    [Fact]
    public void Idle_SomeBusy_CountsFreeExecutors()
    {
        _roster.Hear(Worker("a", executors: 3, running: 1), Sample.Noon);
        _roster.Hear(Worker("b", executors: 1, running: 2), Sample.Noon);
        _roster.Hear(Worker("c", executors: 5, running: 0) with { Order = WorkerOrder.Drain }, Sample.Noon);
        Assert.Equal(2, _roster.Idle(Sample.Noon));
    }

    [Fact]
    public void At_LongSilence_ForgetsTheWorker()
    {
        _roster.Hear(Worker("a"), Sample.Noon);
        _roster.Hear(Worker("b"), Sample.Noon.AddSeconds(30));
        Assert.Equal(["b"], _roster.At(Sample.Noon.AddSeconds(61)).Select(w => w.WorkerId));
    }

    [Fact]
    public void Leave_Known_IsGone()
    {
        _roster.Hear(Worker("a"), Sample.Noon);
        _roster.Leave("a");
        Assert.Empty(_roster.At(Sample.Noon));
    }

    private static WorkerView Worker(string id, int executors = 1, int running = 0) => new(
        id,
        new WorkerReport("default", "host", 1, "cpu", executors, 1, "0.1.0", [.. Enumerable.Range(0, running).Select(i => $"job{i}")]),
        Sample.Noon,
        Sample.Noon,
        WorkerOrder.Work);
}
