using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Sweeps;
using Ptune.Grains.Sweeps;

namespace Ptune.Grains.Tests.Cluster;

/// <summary>How often a sweep's state, which grows with its trials, is written, and that what is not written is not missed.</summary>
public sealed class JobReportsTests
{
    private const int Trials = 24;

    [Fact]
    public async Task Sweep_JobsAnswerItsSubmits_IsWrittenOnceAndSurvivesToBeForgotten()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var writes = 0;
        cluster.Storage.Fault = (_, state) =>
        {
            if (state is SweepState) Interlocked.Increment(ref writes);
            return StorageFault.None;
        };
        var job = new PretrainingSpec { Data = new DataSpec { Dataset = Sample.Dataset, Split = Split.Pretraining, Count = 10 }, Architecture = new MlpSpec(), Recipe = new TrainingRecipe { Epochs = 9 } };
        var spec = Sample.Sweep() with { Job = job, Method = SweepMethod.Random, Trials = Trials, Parallel = Trials, Vary = new() { ["recipe.learningRate"] = new SweepRange { Min = 0.01, Max = 1 } } };
        var submission = new SweepSubmission("default", spec, [], null);
        var sweep = cluster.Grains.GetGrain<ISweepGrain>(new SweepPlanner("default", spec, submission.Resolved).SweepId);
        await sweep.Submit(submission);

        await cluster.UntilAsync(sweep, v => v.Cells.Count(c => c.Status is not null) == Trials);
        Assert.Equal(1, Volatile.Read(ref writes));

        // What was only in memory is asked for again.
        await cluster.ForgetAsync(sweep);
        await sweep.Sweep();
        await cluster.UntilAsync(sweep, v => v.Cells.Count(c => c.Status is not null) == Trials);
        var worker = new FakeWorker(cluster, "w");
        for (var trained = 0; trained < Trials;)
        {
            // A model's scoring may come before the next model; without figures it would end the sweep.
            if (await cluster.UntilAcquiredAsync(worker) is not { Spec: PretrainingSpec } lease) continue;
            await worker.CompleteAsync(lease, Sample.Result(lease.JobId, ArtifactKind.Model));
            trained++;
        }
        var view = await cluster.UntilAsync(sweep, v => v.Cells.Count(c => c.Status == JobStatus.Succeeded) == Trials);
        Assert.Equal(JobStatus.Running, view.Status);
    }
}
