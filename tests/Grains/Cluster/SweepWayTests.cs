using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Sweeps;

namespace Ptune.Grains.Tests.Cluster;

/// <summary>A sweep's whole way through real grains; the figures are made up, everything between is real.</summary>
public sealed class SweepWayTests
{
    [Fact]
    public async Task Sweep_WorkersDoTheirWork_FindsTheBestAndIsNotComputedTwice()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var (sweep, submission) = await SubmitAsync(cluster);
        await WorkAsync(cluster, sweep);

        var view = (await sweep.Get())!;
        Assert.Equal((JobStatus.Succeeded, null, 4), (view.Status, view.Message, view.Result!.Best));
        Assert.Equal([0.1, 0.2, 0.3, 0.4], view.Trials.Select(t => t.Objective!.Value));
        Assert.Equal((JobStatus.Succeeded, "Sweep"), (cluster.Catalog.Jobs[view.SweepId].Status, cluster.Catalog.Jobs[view.SweepId].Kind));
        Assert.Equal(0, (await sweep.Submit(submission)).Result!.Jobs.Computed);
    }

    [Fact]
    public async Task Sweep_SiloForgetsItsGrainsMidway_GoesOn()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var (sweep, _) = await SubmitAsync(cluster);
        // A job that ends later than the submit is one that the sweep computed, also when its answer to it was forgotten.
        cluster.Time.Advance(TimeSpan.FromMilliseconds(1));
        var worker = new FakeWorker(cluster, "w");
        var lease = await cluster.UntilAcquiredAsync(worker);
        await cluster.ForgetAsync(sweep);
        await worker.CompleteAsync(lease, Result(lease.Spec));
        await cluster.ForgetAsync(sweep);
        await cluster.ForgetAsync(cluster.Pool());

        await cluster.Pool().Sweep();
        await WorkAsync(cluster, sweep);
        Assert.Equal(8, (await sweep.Get())!.Result!.Jobs.Computed);
    }

    [Fact]
    public async Task Cancel_WhileAJobRuns_EndsWhenItHasStoppedAndASecondSubmitGoesOn()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var (sweep, submission) = await SubmitAsync(cluster);
        var worker = new FakeWorker(cluster, "w");
        var lease = await cluster.UntilAcquiredAsync(worker);
        await cluster.UntilAsync(sweep, v => v.Cells.All(c => c.Status is not null || c.DependsOn.Length > 0));

        Assert.Equal(JobStatus.Cancelling, (await sweep.Cancel())!.Status);
        await cluster.UntilAsync(lease.JobId, v => v.Status == JobStatus.Cancelling);
        Assert.Equal(HeartbeatReply.Cancel, await worker.BeatAsync(lease, 2));
        await worker.ReleaseAsync(lease, Sample.Checkpoint(2, lease.Epoch));
        await cluster.UntilAsync(sweep, v => v.Status == JobStatus.Cancelled);

        Assert.Equal(JobStatus.Running, (await sweep.Submit(submission)).Status);
        await WorkAsync(cluster, sweep);
        Assert.Equal(JobStatus.Succeeded, (await sweep.Get())!.Status);
    }

    private static async Task<(ISweepGrain Sweep, SweepSubmission Submission)> SubmitAsync(PtuneCluster cluster)
    {
        var job = new PretrainingSpec { Data = new DataSpec { Dataset = Sample.Dataset, Split = Split.Pretraining, Count = 10 }, Architecture = new MlpSpec(), Recipe = new TrainingRecipe { Epochs = 9 } };
        var submission = new SweepSubmission("default", Sample.Sweep() with { Job = job }, [], null);
        var sweep = cluster.Grains.GetGrain<ISweepGrain>(new SweepPlanner("default", submission.Spec, submission.Resolved).SweepId);
        Assert.Equal(JobStatus.Running, (await sweep.Submit(submission)).Status);
        return (sweep, submission);
    }

    /// <summary>A worker takes and completes whatever there is, woken by the bus, until the sweep has ended.</summary>
    private static async Task WorkAsync(PtuneCluster cluster, ISweepGrain sweep)
    {
        var worker = new FakeWorker(cluster, "w");
        var ended = cluster.UntilAsync(sweep, v => v.Status.IsFinal);
        while (!ended.IsCompleted)
        {
            while (await worker.AcquireAsync() is { } lease)
            {
                var figure = lease.Spec is ScoringSpec scoring ? (await sweep.Get())!.Trials.First(t => t.Rungs[0].Jobs[0] == InputRef.JobId(scoring.Subject)).Values["recipe.learningRate"].Number : null;
                await worker.CompleteAsync(lease, Result(lease.Spec, figure));
            }
            await Task.WhenAny(ended, cluster.Bus.Messages.WaitToReadAsync().AsTask());
            while (cluster.Bus.Messages.TryRead(out _)) { }
        }
        await ended;
    }

    private static JobResult Result(JobSpec spec, double? figure = null) =>
        Sample.Result($"{spec}", spec is ScoringSpec ? ArtifactKind.Scores : ArtifactKind.Model, figure is { } f ? new() { [MetricNames.Accuracy] = f, [MetricNames.Count] = 10 } : null);
}
