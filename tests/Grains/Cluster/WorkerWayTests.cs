using Ptune.Contracts.Workers;

namespace Ptune.Grains.Tests.Cluster;

public sealed class WorkerWayTests
{
    [Fact]
    public async Task Report_OfAnotherProcessUnderTheSameId_IsRefusedWhileTheFirstLives()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var worker = cluster.Grains.GetGrain<IWorkerGrain>("w1");
        Assert.Equal(WorkerOrder.Work, await worker.Report(Process(1, "default.job")));
        Assert.Equal(WorkerOrder.Refused, await worker.Report(Process(2)));
        Assert.Equal(WorkerOrder.Refused, await worker.Report(Process(1) with { Host = "other" }));
        Assert.Equal((1, ["default.job"]), (await worker.Get())!.Report is var first ? (first.ProcessId, first.Running) : default);

        cluster.Time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(WorkerOrder.Work, await worker.Report(Process(2)));
        Assert.Equal(WorkerOrder.Refused, await worker.Report(Process(1)));
    }

    [Fact]
    public async Task Report_OfAnotherProcessAfterTheFirstHasLeft_IsTaken()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var worker = cluster.Grains.GetGrain<IWorkerGrain>("w1");
        await worker.Report(Process(1));
        await worker.Leave();
        Assert.Equal(WorkerOrder.Work, await worker.Report(Process(2)));
    }

    private static WorkerReport Process(int id, params string[] running) => new("default", "host", id, "cpu", 1, 1, "0", running);
}
