using Ptune.Contracts.Jobs;
using Ptune.Grains.Jobs;

namespace Ptune.Grains.Tests.Cluster;

/// <summary>Device time in a silo whose stores fail and whose clock is set: every attempt counts, and counts once.</summary>
public sealed class DeviceTimeTests
{
    private static readonly DateOnly _november = new(2026, 11, 1);

    public static TheoryData<int, int> EveryWrite()
    {
        var data = new TheoryData<int, int>();
        foreach (var fault in new[] { StorageFault.BeforeWrite, StorageFault.AfterWrite, StorageFault.Conflict })
        {
            for (var write = 1; write <= 2; write++) data.Add((int)fault, write);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(EveryWrite))]
    public async Task Complete_OneWriteFails_CountsTheAttemptOnce(int fault, int write)
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var (worker, lease) = await RunningAsync(cluster);
        cluster.Time.Advance(TimeSpan.FromSeconds(5));
        var writes = 0;
        cluster.Storage.Fault = (_, state) => state is JobState && ++writes == write ? (StorageFault)fault : StorageFault.None;
        // Whoever gets no answer sends the end again, here to a grain that has lost its memory, too.
        for (var i = 0; i < 3; i++)
        {
            await Record.ExceptionAsync(() => worker.CompleteAsync(lease));
            await cluster.ForgetAsync(cluster.Job(lease.JobId));
        }
        await cluster.Job(lease.JobId).Sweep();
        Assert.Equal(JobStatus.Succeeded, (await cluster.Job(lease.JobId).Get())!.Status);
        Assert.Equal(TimeSpan.FromSeconds(5), await cluster.Catalog.SumDeviceTimeAsync("default", _november));
    }

    [Fact]
    public async Task Complete_CatalogFails_IsCountedByTheNextSweepAndTheRowComesAfterIt()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var (worker, lease) = await RunningAsync(cluster);
        cluster.Time.Advance(TimeSpan.FromSeconds(5));
        cluster.Catalog.RefusesDeviceTime = true;
        await worker.CompleteAsync(lease);
        Assert.Empty(cluster.Catalog.DeviceTime);
        Assert.False(cluster.Catalog.Jobs[lease.JobId].Status.IsFinal);

        await cluster.ForgetAsync(cluster.Job(lease.JobId));
        cluster.Catalog.RefusesDeviceTime = false;
        await cluster.Job(lease.JobId).Sweep();
        Assert.Equal(JobStatus.Succeeded, cluster.Catalog.Jobs[lease.JobId].Status);
        Assert.Equal(TimeSpan.FromSeconds(5), await cluster.Catalog.SumDeviceTimeAsync("default", _november));
    }

    [Fact]
    public async Task Complete_AfterTheTurnOfTheMonth_CountsInBoth()
    {
        await using var cluster = await PtuneCluster.StartAsync(o => o.LeaseDuration = TimeSpan.FromHours(1));
        // The cluster's clock begins on 25 November.
        cluster.Time.Advance(TimeSpan.FromDays(6) - TimeSpan.FromMinutes(10));
        var (worker, lease) = await RunningAsync(cluster);
        cluster.Time.Advance(TimeSpan.FromMinutes(25));
        await worker.CompleteAsync(lease);
        Assert.Equal(TimeSpan.FromMinutes(10), await cluster.Catalog.SumDeviceTimeAsync("default", _november));
        Assert.Equal(TimeSpan.FromMinutes(15), await cluster.Catalog.SumDeviceTimeAsync("default", _november.AddMonths(1)));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(-72)]
    public async Task Complete_ClockWasSetMeanwhile_CountsWhatTheAttemptTook(int hours)
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var (worker, lease) = await RunningAsync(cluster);
        cluster.Time.Advance(TimeSpan.FromSeconds(5));
        cluster.Clock.Step(TimeSpan.FromHours(hours));
        await worker.CompleteAsync(lease);
        Assert.Equal(TimeSpan.FromSeconds(5), await cluster.Catalog.SumDeviceTimeAsync("default", _november));
    }

    private static async Task<(FakeWorker Worker, Lease Lease)> RunningAsync(PtuneCluster cluster)
    {
        var worker = new FakeWorker(cluster, "w");
        await cluster.SubmitAsync(Sample.Job());
        var lease = await cluster.UntilAcquiredAsync(worker);
        await worker.BeatAsync(lease, 1);
        return (worker, lease);
    }
}
