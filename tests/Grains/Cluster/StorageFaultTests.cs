using Ptune.Contracts.Jobs;
using Ptune.Grains.Jobs;

namespace Ptune.Grains.Tests.Cluster;

/// <summary>The shell in a silo whose stores fail: nothing is lost, nothing is done twice.</summary>
public sealed class StorageFaultTests
{
    public static TheoryData<int, int> EveryWrite()
    {
        var data = new TheoryData<int, int>();
        foreach (var fault in new[] { StorageFault.BeforeWrite, StorageFault.AfterWrite, StorageFault.Conflict })
        {
            for (var write = 1; write <= 5; write++) data.Add((int)fault, write);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(EveryWrite))]
    public async Task Job_OneWriteFails_EndsOnceWithEverythingTold(int fault, int write)
    {
        await using var cluster = await PtuneCluster.StartAsync(o => o.SweepInterval = TimeSpan.FromMinutes(10));
        var writes = 0;
        cluster.Storage.Fault = (_, _) => ++writes == write ? (StorageFault)fault : StorageFault.None;
        var accepted = await RunAsync(cluster);

        var id = Sample.Id(Sample.Job());
        var view = (await cluster.Job(id).Get())!;
        Assert.Equal(JobStatus.Succeeded, view.Status);
        Assert.Single(view.Timeline, e => e.Status == JobStatus.Succeeded);
        Assert.Contains(accepted, epoch => epoch == view.Epoch);
        Assert.Equal(JobStatus.Succeeded, cluster.Catalog.Jobs[id].Status);
        Assert.Equal(id, Assert.Single(cluster.Catalog.Artifacts).Value.JobId);
    }

    [Fact]
    public async Task Cancel_WriteFails_IsNotPersistedByTheNextWrite()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var worker = new FakeWorker(cluster, "w");
        var id = (await cluster.SubmitAsync(Sample.Job())).JobId;
        var lease = (await worker.AcquireAsync())!;
        cluster.Storage.Fault = (_, state) => state is JobState { Status: JobStatus.Cancelling } ? StorageFault.BeforeWrite : StorageFault.None;

        await Assert.ThrowsAsync<Orleans.Runtime.OrleansException>(() => cluster.Job(id).Cancel(null));
        Assert.Equal(JobStatus.Leased, (await cluster.Job(id).Get())!.Status);
        Assert.Equal(HeartbeatReply.Continue, await worker.BeatAsync(lease, 1));
        await cluster.ForgetAsync(cluster.Job(id));
        Assert.Equal(JobStatus.Running, (await cluster.Job(id).Get())!.Status);
    }

    [Fact]
    public async Task Submit_CatalogFails_IsNotAcknowledgedUntilTheRowStands()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        cluster.Catalog.Refuses = _ => true;
        var refused = await Assert.ThrowsAsync<IOException>(() => cluster.SubmitAsync(Sample.Job()));
        Assert.Contains("the catalog is full", refused.Message, StringComparison.Ordinal);

        cluster.Catalog.Refuses = _ => false;
        var view = await cluster.SubmitAsync(Sample.Job());
        Assert.Equal(JobStatus.Queued, cluster.Catalog.Jobs[view.JobId].Status);
        Assert.Single(view.Timeline, e => e.Status == JobStatus.Submitted);
    }

    [Fact]
    public async Task Complete_CatalogFails_IsToldByTheNextSweep()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var worker = new FakeWorker(cluster, "w");
        var id = (await cluster.SubmitAsync(Sample.Job())).JobId;
        var lease = (await worker.AcquireAsync())!;
        cluster.Catalog.Refuses = row => row.Status == JobStatus.Succeeded;
        Assert.Equal(AttemptReply.Accepted, await worker.CompleteAsync(lease));
        Assert.Equal(JobStatus.Leased, cluster.Catalog.Jobs[id].Status);

        // The grain has lost its memory in between: what it owes is in the store.
        await cluster.ForgetAsync(cluster.Job(id));
        cluster.Catalog.Refuses = _ => false;
        await cluster.Pool().Sweep();
        Assert.Equal(JobStatus.Succeeded, cluster.Catalog.Jobs[id].Status);
    }

    [Fact]
    public async Task Activation_StateCannotBeRead_FailsTheCallAndTheNextOneReads()
    {
        await using var cluster = await PtuneCluster.StartAsync(o => o.SweepInterval = TimeSpan.FromMinutes(10));
        var id = (await cluster.SubmitAsync(Sample.Job())).JobId;
        await cluster.ForgetAsync(cluster.Job(id));
        cluster.Storage.FailsToRead = _ => true;

        // A grain that cannot read its state does not take itself for one that has none.
        await Assert.ThrowsAnyAsync<Exception>(() => cluster.Job(id).Get());
        await Assert.ThrowsAnyAsync<Exception>(() => cluster.SubmitAsync(Sample.Job()));

        cluster.Storage.FailsToRead = _ => false;
        Assert.Equal(JobStatus.Queued, (await cluster.Job(id).Get())!.Status);
        Assert.Single((await cluster.SubmitAsync(Sample.Job())).Timeline, e => e.Status == JobStatus.Submitted);
    }

    [Fact]
    public async Task Write_FailedAndTheStoreIsStillAway_ChangesNothingUntilItCanBeRead()
    {
        await using var cluster = await PtuneCluster.StartAsync(o => o.SweepInterval = TimeSpan.FromMinutes(10));
        var worker = new FakeWorker(cluster, "w");
        var id = (await cluster.SubmitAsync(Sample.Job())).JobId;
        var lease = (await worker.AcquireAsync())!;
        (cluster.Storage.Fault, cluster.Storage.FailsToRead) = ((_, _) => StorageFault.AfterWrite, _ => true);
        await Assert.ThrowsAnyAsync<Exception>(() => worker.CompleteAsync(lease));
        await Assert.ThrowsAnyAsync<Exception>(() => worker.CompleteAsync(lease));

        (cluster.Storage.Fault, cluster.Storage.FailsToRead) = ((_, _) => StorageFault.None, _ => false);

        // The first one had landed: said again, it is the same result, and its effects follow.
        Assert.Equal(AttemptReply.Accepted, await worker.CompleteAsync(lease));
        Assert.Single((await cluster.Job(id).Get())!.Timeline, e => e.Status == JobStatus.Succeeded);
        Assert.Equal(JobStatus.Succeeded, cluster.Catalog.Jobs[id].Status);
    }

    [Fact]
    public async Task Get_AnotherActivationHasEndedTheJob_IsNotToldThePastForGood()
    {
        await using var cluster = await PtuneCluster.StartAsync(o => o.SweepInterval = TimeSpan.FromMinutes(10));
        var id = (await cluster.SubmitAsync(Sample.Job())).JobId;
        cluster.Storage.Change<JobState>("job", cluster.Job(id).GetGrainId(), state => state with { Status = JobStatus.Succeeded, Version = 9 });
        cluster.Time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(JobStatus.Succeeded, (await cluster.Job(id).Get())!.Status);
    }

    [Fact]
    public async Task Submit_BrokerIsAway_IsAcceptedAndAnnouncedByTheSweep()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        cluster.Bus.IsAway = true;
        await cluster.SubmitAsync(Sample.Job());
        await cluster.UntilQueuedAsync(1);
        cluster.Bus.IsAway = false;
        await cluster.Pool().Sweep();
        Assert.Equal("default", await cluster.Bus.Messages.ReadAsync());
    }

    /// <summary>A client and a worker that try again when a call fails, as the real ones do; what nobody holds is found by the sweep.</summary>
    private static async Task<List<long>> RunAsync(PtuneCluster cluster)
    {
        var worker = new FakeWorker(cluster, "w");
        var accepted = new List<long>();
        var id = (await RetryAsync(() => cluster.SubmitAsync(Sample.Job()))).JobId;
        while (true)
        {
            await cluster.Pool().Sweep();
            if (await cluster.Job(id).Get() is { Status: JobStatus.Succeeded }) return accepted;
            if (await RetryAsync(() => worker.AcquireAsync()) is not { } lease)
            {
                cluster.Time.Advance(TimeSpan.FromSeconds(31));
                continue;
            }
            await RetryAsync(() => worker.BeatAsync(lease, 1, Sample.Checkpoint(1, lease.Epoch)));
            if (await RetryAsync(() => worker.CompleteAsync(lease)) == AttemptReply.Accepted) accepted.Add(lease.Epoch);
        }
    }

    private static async Task<T> RetryAsync<T>(Func<Task<T>> call)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return await call();
            }
            catch (Exception) when (tries < 5)
            {
            }
        }
    }
}
