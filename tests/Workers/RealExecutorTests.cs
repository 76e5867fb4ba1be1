using System.Text.RegularExpressions;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Fixtures;
using Ptune.Fixtures.Processes;

namespace Ptune.Workers.Tests;

/// <summary>The worker with the executor that trains.</summary>
public sealed partial class RealExecutorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("tiny");
    private readonly TinyDataset _dataset;

    public RealExecutorTests() => _dataset = new TinyDataset(_folder.Location);

    private static Task<TestWorker> StartAsync() => TestWorker.StartAsync(TestWorker.Defaults with { Executor = Programs.Executor });

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Training_Completes_MakesAModelThatTheStoreHasWhole()
    {
        await using var worker = await StartAsync();

        var completion = await Put(worker, _dataset.Pretraining(epochs: 20, checkpointEverySteps: 50)).EndAsync<AttemptCompletion>();

        var manifest = await worker.Artifacts.GetManifestAsync(completion.Result.Artifact);
        Assert.Equal(ArtifactKind.Model, manifest.Kind);
        Assert.Equal(["above", "below"], manifest.Labels!);
        Assert.NotNull(manifest.OutputSpace);
        Assert.NotNull(manifest.Data);
        Assert.Contains(manifest.Files, file => file.Path.EndsWith(".safetensors", StringComparison.Ordinal));
        Assert.Equal(160, completion.Result.Metrics[MetricNames.Steps]);
        Assert.True(completion.Result.Curve[^1].Loss < completion.Result.Curve[0].Loss);
        Assert.Equal(("cpu", 1), (completion.Result.Environment.Device, completion.Result.Environment.Threads));
        Assert.False(completion.Result.ResumedElsewhere);
    }

    [Fact]
    public async Task Training_KilledAndGoneOn_MakesTheSameArtifact()
    {
        var id = TestWorker.NewJobId();
        var spec = _dataset.Pretraining(epochs: 1000, checkpointEverySteps: 100);
        await using var undisturbed = await StartAsync();
        var expected = await Put(undisturbed, spec, id).EndAsync<AttemptCompletion>();

        await using var worker = await StartAsync();
        var first = Put(worker, spec, id);
        await Eventually.IsTrueAsync("a checkpoint is stored", () => worker.Blobs.Under("checkpoints/").Length > 0);
        Signals.Send(await ExecutorOfAsync(worker), UnixSignal.Kill);
        var failure = await first.EndAsync<AttemptFailure>();
        Assert.Equal(FailureCause.Crash, failure.Cause);
        var checkpoint = Assert.IsType<StoredCheckpoint>(first.LastCheckpoint);

        await using var other = await TestWorker.StartAsync(TestWorker.Defaults with { Executor = Programs.Executor }, worker.Blobs);
        var second = await Put(other, spec, id, lease => lease with { Epoch = 4, Checkpoint = checkpoint }).EndAsync<AttemptCompletion>();

        Assert.Equal(expected.Result.Artifact, second.Result.Artifact);
        Assert.Contains($"Begins at the checkpoint at step {checkpoint.Step}", other.Log(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Training_ToldToStop_GoesOnToTheSameArtifact()
    {
        var id = TestWorker.NewJobId();
        var spec = _dataset.Pretraining(epochs: 1000, checkpointEverySteps: 1_000_000);
        await using var worker = await StartAsync();
        var first = Put(worker, spec, id);
        await Eventually.IsTrueAsync("it trains", () => first.Heartbeats.Any(beat => beat.Progress is not null));
        await worker.StopAsync();
        var release = await first.EndAsync<AttemptRelease>();
        Assert.InRange(Assert.IsType<StoredCheckpoint>(release.Checkpoint).Step, 1, 7999);

        await using var other = await TestWorker.StartAsync(TestWorker.Defaults with { Executor = Programs.Executor }, worker.Blobs);
        var second = await Put(other, spec, id, lease => lease with { Epoch = 4, Checkpoint = release.Checkpoint }).EndAsync<AttemptCompletion>();

        await using var undisturbed = await StartAsync();
        Assert.Equal((await Put(undisturbed, spec, id).EndAsync<AttemptCompletion>()).Result.Artifact, second.Result.Artifact);
    }

    [Fact]
    public async Task Training_ACheckpointThatIsNone_BeginsAtTheStartAndSaysWhy()
    {
        var id = TestWorker.NewJobId();
        var name = BlobNames.Checkpoint(id, 2, 50);
        await using var worker = await StartAsync();
        worker.Blobs[name] = "no tensors at all"u8.ToArray();
        var checkpoint = new StoredCheckpoint(name, Digest.Of("no tensors at all"), 17, 50, 2);

        var spec = _dataset.Pretraining(epochs: 5, checkpointEverySteps: 50);
        await Put(worker, spec, id, lease => lease with { Checkpoint = checkpoint }).EndAsync<AttemptCompletion>();

        Assert.Contains("cannot go on from the checkpoint at step 50", worker.Log(), StringComparison.Ordinal);
        Assert.Contains("Begins at the start", worker.Log(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Training_DataThatWasTampered_IsInvalidAndNamesTheFile()
    {
        await using var worker = await StartAsync();
        await File.AppendAllTextAsync(_folder.PathOf("train-images"), "x");

        var failure = await Put(worker, _dataset.Pretraining(epochs: 5, checkpointEverySteps: 50)).EndAsync<AttemptFailure>();

        Assert.Equal(FailureCause.Invalid, failure.Cause);
        Assert.Contains("train-images", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoOp_GoesTheWholeWay()
    {
        await using var worker = await StartAsync();

        var completion = await Put(worker, new NoOpSpec { Name = "nothing" }).EndAsync<AttemptCompletion>();

        Assert.Equal(ArtifactKind.Evaluation, completion.Result.Kind);
    }

    private static Fakes.FakeJob Put(TestWorker worker, JobSpec spec, string? id = null, Func<Lease, Lease>? change = null) =>
        worker.Put(spec.Name, lease => (change ?? (same => same))(lease with { Spec = spec, JobId = id ?? lease.JobId }));

    private static async Task<int> ExecutorOfAsync(TestWorker worker)
    {
        var log = await Eventually.ValueAsync("the log names the process", () => Task.FromResult(ProcessLine().Match(worker.Log())), match => match.Success);
        return int.Parse(log.Groups[1].Value);
    }

    [GeneratedRegex(@", process (\d+)\n")]
    private static partial Regex ProcessLine();
}
