using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Workers;

namespace Ptune.Grains.Tests.Cluster;

/// <summary>What a worker without the account's key may have a silo do to blobs.</summary>
public sealed class WorkerBlobsWayTests
{
    [Fact]
    public async Task RemoveCheckpoint_OfAJobThatGoesOn_TakesOnlyWhatIsOlderThanItsOwn()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var blobs = cluster.Grains.GetGrain<IWorkerBlobsGrain>(0);
        string id = (await cluster.SubmitAsync(Sample.Job())).JobId;
        string At(long step) => BlobNames.Checkpoint(id, 1, step);
        Assert.False(await blobs.RemoveCheckpoint(At(1)));

        var worker = new FakeWorker(cluster, "w");
        var lease = await cluster.UntilAcquiredAsync(worker);
        await worker.BeatAsync(lease, 2, Sample.Checkpoint(2, 1) with { Blob = At(2) });
        Assert.True(await blobs.RemoveCheckpoint(At(1)));
        Assert.False(await blobs.RemoveCheckpoint(At(2)));
        Assert.False(await blobs.RemoveCheckpoint(At(3)));
        Assert.Equal([At(1)], cluster.Blobs.Removed);

        await worker.CompleteAsync(lease);
        Assert.True(await blobs.RemoveCheckpoint(At(2)));
        Assert.True(await blobs.RemoveCheckpoint(BlobNames.Checkpoint("default.unknown", 1, 1)));
        Assert.Equal([At(1), At(2), BlobNames.Checkpoint("default.unknown", 1, 1)], cluster.Blobs.Removed);
    }

    [Theory]
    [InlineData("content/ab/abcd")]
    [InlineData("checkpoints/job")]
    [InlineData("checkpoints/job/../x/y")]
    [InlineData("uploads/whole/red/x")]
    public async Task RemoveCheckpoint_OfAnythingElse_IsRefused(string name)
    {
        await using var cluster = await PtuneCluster.StartAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => cluster.Grains.GetGrain<IWorkerBlobsGrain>(0).RemoveCheckpoint(name));
        Assert.Empty(cluster.Blobs.Removed);
    }

    [Fact]
    public async Task Renew_OfContentAlone_IsDone()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var blobs = cluster.Grains.GetGrain<IWorkerBlobsGrain>(0);
        Assert.True(await blobs.Renew("content/ab/abcd"));
        await Assert.ThrowsAsync<ArgumentException>(() => blobs.Renew("checkpoints/job/a"));
        Assert.Equal(["content/ab/abcd"], cluster.Blobs.Renewed);
    }

    [Fact]
    public async Task Issue_WhereBlobsLieInAFolder_SaysSo()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => cluster.Grains.GetGrain<IWorkerBlobsGrain>(0).Issue());
        Assert.Contains("in a folder", error.Message, StringComparison.Ordinal);
    }
}
