using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;

namespace Ptune.Grains.Tests.Cluster;

/// <summary>An estimate goes from the host through the job to its pool, and is there again when either was forgotten.</summary>
public sealed class EstimateWayTests
{
    private const long GiB = 1L << 30;

    [Fact]
    public async Task Acquire_InputIsMadeFirst_ItsReaderIsEstimatedThenAndReserved()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        cluster.Estimates = spec => spec is ScoringSpec ? 5 * GiB : null;
        var worker = new FakeWorker(cluster, "w1", memory: 8);
        var pretraining = Sample.Job(seed: 1);
        var made = (await cluster.SubmitAsync(pretraining)).JobId;
        var (first, second) = (Reader(made, Split.Tuning), Reader(made, Split.Validation));
        Assert.Null((await cluster.SubmitAsync(first)).EstimatedMemoryBytes);
        await cluster.SubmitAsync(second);
        await worker.CompleteAsync(await cluster.UntilAcquiredAsync(worker), Sample.Result("model", ArtifactKind.Model));
        await cluster.Pool().Sweep();
        foreach (var reader in new[] { first, second })
            Assert.Equal(5 * GiB, (await cluster.UntilAsync(Sample.Id(reader), v => v.Status == JobStatus.Queued)).EstimatedMemoryBytes);
        await cluster.UntilQueuedAsync(2);

        // The catalog's rows tell a new activation what the queue needs, and the running job what it has.
        await cluster.ForgetAsync(cluster.Pool());
        var lease = (await worker.AcquireAsync())!;
        Assert.Null(await worker.AcquireAsync());
        await cluster.ForgetAsync(cluster.Job(lease.JobId));
        await cluster.ForgetAsync(cluster.Pool());
        Assert.Null(await worker.AcquireAsync());
        await worker.CompleteAsync(lease, Sample.Result("scores", ArtifactKind.Scores));
        Assert.NotNull(await cluster.UntilAcquiredAsync(worker));
    }

    [Fact]
    public async Task Complete_AfterAWorkerAskedInVain_WakesOne()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        cluster.Estimates = spec => 5 * GiB;
        var worker = new FakeWorker(cluster, "w1", memory: 8);
        foreach (var seed in new[] { 1, 2 }) await cluster.SubmitAsync(Sample.Job(seed: seed));
        await cluster.UntilQueuedAsync(2);
        var lease = await cluster.UntilAcquiredAsync(worker);
        Assert.Null(await worker.AcquireAsync());
        while (cluster.Bus.Messages.TryRead(out _)) { }

        await worker.CompleteAsync(lease, Sample.Result("model", ArtifactKind.Model));

        await cluster.WokenAsync();
        Assert.NotNull(await cluster.UntilAcquiredAsync(worker));
    }

    private static ScoringSpec Reader(string model, Split split) => new()
    {
        Name = $"score {split}",
        Data = new DataSpec { Dataset = Sample.Dataset, Split = split },
        Subject = $"job:{model}",
        SubjectKind = ArtifactKind.Model,
    };
}
