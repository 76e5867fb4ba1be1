using System.Text.Json;
using System.Text.Json.Nodes;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;
using Ptune.Contracts.Telemetry;
using Ptune.Fixtures;
using Ptune.Fixtures.Data;
using Ptune.Fixtures.Processes;
using Ptune.Fixtures.Servers;

namespace Ptune.EndToEnd.Tests;

/// <summary>All tests use the cluster of <see cref="SharedCluster"/>; each has workers of its own, and work that the others do not have.</summary>
public sealed class ClusterStudyTests(SharedCluster shared) : IClassFixture<SharedCluster>
{
    [Fact]
    public async Task Study_WithAWorkerKilledMidway_GivesTheBytesOfAnEmbeddedRun()
    {
        using var folder = new TemporaryFolder();
        var spec = TinyStudy.Spec(TinyImages.Write(Path.Combine(folder.Location, "data")), tuningEpochs: 120, seeds: 1);
        var (embedded, embeddedArtifacts) = await RunEmbeddedAsync(spec, Path.Combine(folder.Location, "store"));
        var cluster = shared.Cluster;
        Program[] workers = [cluster.StartWorker(), cluster.StartWorker()];
        var api = cluster.Apis[0];
        var study = await api.SubmitStudyAsync(spec);
        var victim = await TuningInWorkAsync(api, study.StudyId);
        var worker = (await api.WorkersAsync()).Single(w => w.WorkerId == victim.Worker);
        workers.Single(w => w.Id == worker.Report.ProcessId).Kill();

        // The other silo answers, too: it does not matter which one is asked.
        study = await cluster.Apis[1].UntilAsync(study.StudyId, s => s.Status.IsFinal);

        Assert.True(study.Status == JobStatus.Succeeded, $"{study.Message}\n{cluster.Output}");
        var moved = await api.JobAsync(victim.JobId);
        Assert.True(moved.Epoch > victim.Epoch, "The killed attempt has no successor.");
        Assert.NotEqual(victim.Worker, moved.Worker);
        Assert.Equal(embeddedArtifacts, await ArtifactsAsync(api, study));
        Assert.Equal(Reproducible(embedded.Result!), Reproducible(study.Result!));
        foreach (var left in workers.Where(w => !w.HasExited))
        {
            left.Signal(15);
            await left.ExitAsync();
        }
    }

    [Fact]
    public async Task Worker_ToldToLeave_GivesItsLeaseBackWithACheckpoint()
    {
        using var folder = new TemporaryFolder();
        var spec = TinyStudy.Spec(TinyImages.Write(Path.Combine(folder.Location, "data")), tuningEpochs: 121, seeds: 1);
        var cluster = shared.Cluster;
        var leaving = cluster.StartWorker();
        var api = cluster.Apis[0];
        var study = await api.SubmitStudyAsync(spec);
        var job = await TuningInWorkAsync(api, study.StudyId);

        leaving.Signal(15);
        var exit = await leaving.ExitAsync();

        Assert.True(exit == 0, leaving.Output);
        var left = await api.JobAsync(job.JobId);
        Assert.Equal(JobStatus.Queued, left.Status);
        Assert.Equal(0, left.Failures);
        Assert.NotNull(left.Checkpoint);
        Assert.DoesNotContain(await api.WorkersAsync(), w => w.WorkerId == job.Worker);

        // It has no key of the account: it goes on from the checkpoint, and stores what comes out, by what the silos issue.
        var next = cluster.StartWorker(hasKey: false);
        study = await api.UntilAsync(study.StudyId, s => s.Status.IsFinal);
        Assert.True(study.Status == JobStatus.Succeeded, $"{study.Message}\n{cluster.Output}");
        Assert.Equal(0, (await api.JobAsync(job.JobId)).Failures);
        next.Signal(15);
        await next.ExitAsync();
    }

    [Fact]
    public async Task Job_WithATraceparent_IsInItsTraceFromServerToExecutor()
    {
        const string Trace = "0af7651916cd43dd8448eb211c80319c";
        using var folder = new TemporaryFolder();
        var (api, receiver, worker) = (shared.Cluster.Apis[0], shared.Receiver, shared.Cluster.StartWorker());
        var id = (await api.SubmitJobAsync(Training(TinyImages.Write(folder.PathOf("data"), train: 200, test: 20)), $"00-{Trace}-b7ad6b7169203331-01")).JobId;
        var job = await api.EndOfAsync(id);
        Assert.True(job.Status == JobStatus.Succeeded, $"{job.Message}\n{shared.Cluster.Output}");

        Task<OtlpSpan> SpanAsync(string service, string name, Func<OtlpSpan, bool> wanted) =>
            receiver.SpanAsync($"{service} exports {name}", span => span.Service == service && span.Name == name && span.Trace == Trace && wanted(span));
        // Another attempt may have been lost before: a loaded machine can be too slow for the lease.
        bool IsOfAttempt(OtlpSpan span) => span.Has(Tracing.JobId, id) && span.Has(Tracing.Attempt, $"{job.Epoch}");
        var submit = await SpanAsync("ptune-silo", "submit", span => span.Has(Tracing.JobId, id));
        await SpanAsync("ptune-silo", "lease", span => IsOfAttempt(span) && span.Parent == submit.Id);
        var attempt = await SpanAsync("ptune-worker", "attempt", span => IsOfAttempt(span) && span.Parent == submit.Id);
        await SpanAsync("ptune-executor", "RunAsync", span => span.Parent == attempt.Id);
        await SpanAsync("ptune-worker", "checkpoint", span => IsOfAttempt(span) && span.Parent == attempt.Id);
        worker.Signal(15);
        await worker.ExitAsync();
    }

    private static string Training(string dataset) => $$"""
        apiVersion: ptune/v1
        kind: Pretraining
        name: traced
        data:
          {{dataset.Replace("\n", "\n  ", StringComparison.Ordinal)}}
          splits: { pretraining: 100, tuning: 50, validation: 50 }
          split: pretraining
        architecture: { kind: mlp, hidden: 8, depth: 1 }
        recipe: { epochs: 2, batchSize: 10, checkpointEverySteps: 10 }
        """;

    private static async Task<(StudyView Study, SortedDictionary<string, string> Artifacts)> RunEmbeddedAsync(string spec, string store)
    {
        await using var embedded = await Embedded.StartAsync(store);
        var study = await embedded.Api.SubmitStudyAsync(spec);
        study = await embedded.Api.UntilAsync(study.StudyId, s => s.Status.IsFinal);
        Assert.True(study.Status == JobStatus.Succeeded, $"{study.Message}\n{embedded.Process.Output}");
        return (study, await ArtifactsAsync(embedded.Api, study));
    }

    /// <summary>The first reward that is being tuned and has a checkpoint to go on from. Other tunings are of small networks, and may end before anybody disturbs them.</summary>
    private static async Task<JobView> TuningInWorkAsync(Api api, string studyId)
    {
        JobView? found = null;
        await Eventually.IsTrueAsync(
            "a tuning job runs and has a checkpoint",
            async () =>
            {
                var study = await api.StudyAsync(studyId);
                Assert.False(study.Status.IsFinal, $"The study ended before it could be disturbed: {study.Status} {study.Message}");
                foreach (var cell in study.Cells.Where(c => c.Status is not null && c.Key.StartsWith("reward/", StringComparison.Ordinal)))
                {
                    var job = await api.JobAsync(cell.JobId);
                    if (job is { Status: JobStatus.Running, Checkpoint: not null }) found = job;
                }
                return found is not null;
            });
        return found!;
    }

    /// <summary>Each cell's artifact: its digest is that of the manifest, which names every file's digest.</summary>
    private static async Task<SortedDictionary<string, string>> ArtifactsAsync(Api api, StudyView study)
    {
        var artifacts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var cell in study.Cells) artifacts[cell.Key] = (await api.JobAsync(cell.JobId)).Result!.Artifact;
        return artifacts;
    }

    /// <summary>The result without what is measured by the clock.</summary>
    private static string Reproducible(StudyResult result)
    {
        var json = JsonSerializer.SerializeToNode(result, SpecJson.Options)!.AsObject();
        json.Remove("seconds");
        json.Remove("jobs");
        foreach (var target in json["targets"]!.AsArray()) target!.AsObject().Remove("inferenceCost");
        foreach (var cell in json["cells"]?.AsArray() ?? []) cell!.AsObject().Remove("cost");
        return json.ToJsonString();
    }
}
