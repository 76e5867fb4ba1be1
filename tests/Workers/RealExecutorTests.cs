using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Fixtures;
using Ptune.Fixtures.Processes;

namespace Ptune.Workers.Tests;

/// <summary>The worker with the executor that trains.</summary>
public sealed class RealExecutorTests : IDisposable
{
    private readonly Trainings _trainings = new();

    public void Dispose() => _trainings.Dispose();

    [Fact]
    public async Task Training_Completes_MakesAModelThatTheStoreHasWhole()
    {
        await using var worker = await Trainings.StartAsync();

        var completion = await Trainings.Put(worker, _trainings.Dataset.Pretraining(epochs: 20, checkpointEverySteps: 50)).EndAsync<AttemptCompletion>();

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
        var spec = _trainings.Dataset.Pretraining(epochs: 1000, checkpointEverySteps: 100);
        await using var undisturbed = await Trainings.StartAsync();
        var expected = await Trainings.Put(undisturbed, spec, id).EndAsync<AttemptCompletion>();

        await using var worker = await Trainings.StartAsync();
        var first = Trainings.Put(worker, spec, id);
        await Trainings.CheckpointAsync(worker);
        Signals.Send(await ExecutorOfAsync(worker), UnixSignal.Kill);
        var failure = await first.EndAsync<AttemptFailure>();
        Assert.Equal(FailureCause.Crash, failure.Cause);
        var checkpoint = Assert.IsType<StoredCheckpoint>(first.LastCheckpoint);

        await using var other = await Trainings.StartAsync(worker.Blobs);
        var second = await Trainings.Put(other, spec, id, checkpoint, epoch: 4).EndAsync<AttemptCompletion>();

        Assert.Equal(expected.Result.Artifact, second.Result.Artifact);
        Assert.Contains($"Starting from the checkpoint at step {checkpoint.Step}", other.Log(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Training_ToldToStop_GoesOnToTheSameArtifact()
    {
        var id = TestWorker.NewJobId();
        var spec = _trainings.Dataset.Pretraining(epochs: 1000, checkpointEverySteps: 1_000_000);
        await using var worker = await Trainings.StartAsync();
        var first = Trainings.Put(worker, spec, id);
        await Eventually.IsTrueAsync("it trains", () => first.Heartbeats.Any(beat => beat.Progress is not null));
        await worker.StopAsync();
        var release = await first.EndAsync<AttemptRelease>();
        Assert.InRange(Assert.IsType<StoredCheckpoint>(release.Checkpoint).Step, 1, 7999);

        await using var other = await Trainings.StartAsync(worker.Blobs);
        var second = await Trainings.Put(other, spec, id, release.Checkpoint, epoch: 4).EndAsync<AttemptCompletion>();

        await using var undisturbed = await Trainings.StartAsync();
        Assert.Equal((await Trainings.Put(undisturbed, spec, id).EndAsync<AttemptCompletion>()).Result.Artifact, second.Result.Artifact);
    }

    [Fact]
    public async Task Training_ACheckpointThatIsNone_BeginsAtTheStartAndSaysWhy()
    {
        var id = TestWorker.NewJobId();
        var name = BlobNames.Checkpoint(id, 2, 50);
        await using var worker = await Trainings.StartAsync();
        worker.Blobs[name] = "no tensors at all"u8.ToArray();
        var checkpoint = new StoredCheckpoint(name, Digest.Of("no tensors at all"), 17, 50, 2);

        var spec = _trainings.Dataset.Pretraining(epochs: 5, checkpointEverySteps: 50);
        await Trainings.Put(worker, spec, id, checkpoint).EndAsync<AttemptCompletion>();

        Assert.Contains("Cannot resume from the checkpoint at step 50", worker.Log(), StringComparison.Ordinal);
        Assert.Contains("Starting from the beginning", worker.Log(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Training_DataThatWasTampered_IsInvalidAndNamesTheFile()
    {
        await using var worker = await Trainings.StartAsync();
        await File.AppendAllTextAsync(_trainings.PathOf("train-images"), "x");

        var failure = await Trainings.Put(worker, _trainings.Dataset.Pretraining(epochs: 5, checkpointEverySteps: 50)).EndAsync<AttemptFailure>();

        Assert.Equal(FailureCause.Invalid, failure.Cause);
        Assert.Contains("train-images", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>Each of these makes libtorch compute other bytes, and no result would say so.</summary>
    [Theory]
    [InlineData("ATEN_CPU_CAPABILITY", "default")]
    [InlineData("MKL_CBWR", "COMPATIBLE")]
    public async Task Training_EnvironmentThatDecidesBytes_MakesTheSameArtifact(string variable, string value)
    {
        var id = TestWorker.NewJobId();
        var spec = _trainings.Dataset.Pretraining(epochs: 20, checkpointEverySteps: 1000);
        await using var undisturbed = await Trainings.StartAsync();
        var expected = await Trainings.Put(undisturbed, spec, id).EndAsync<AttemptCompletion>();

        Environment.SetEnvironmentVariable(variable, value);
        try
        {
            await using var worker = await Trainings.StartAsync();
            Assert.Equal(expected.Result.Artifact, (await Trainings.Put(worker, spec, id).EndAsync<AttemptCompletion>()).Result.Artifact);
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, null);
        }
    }

    [Fact]
    public async Task Training_DataSetsServerIsAway_FailsWithoutAStackTraceAndMaySucceedLater()
    {
        await using var worker = await Trainings.StartAsync();
        var spec = _trainings.Dataset.Pretraining(epochs: 5, checkpointEverySteps: 50);
        spec = spec with { Data = spec.Data with { Dataset = spec.Data.Dataset.At($"http://127.0.0.1:{FreePorts.Next()}/tiny?version=hunter2") } };

        var failure = await Trainings.Put(worker, spec).EndAsync<AttemptFailure>();

        Assert.Equal(FailureCause.Infrastructure, failure.Cause);
        Assert.Matches("^http://127.0.0.1:[0-9]+/tiny/train-labels[?][.]{3} cannot be fetched: ", failure.Message);
        Assert.DoesNotContain("   at ", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", failure.Message + worker.Log(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Training_AddressWithSecrets_FetchesWithThem()
    {
        using var server = new FileServer(Path.GetDirectoryName(_trainings.PathOf("train-images"))!);
        await using var worker = await TestWorker.StartAsync(TestWorker.Defaults with { Executor = Programs.Executor, Secrets = new() { ["login"] = "ann:hunter2", ["OTHER"] = "x" } });
        var spec = _trainings.Dataset.Pretraining(epochs: 5, checkpointEverySteps: 50);
        spec = spec with { Data = spec.Data with { Dataset = spec.Data.Dataset.At(server.Address.Replace("://", "://${LOGIN}@", StringComparison.Ordinal)) } };

        var completion = await Trainings.Put(worker, spec).EndAsync<AttemptCompletion>();

        Assert.Contains($"Authorization: Basic {Convert.ToBase64String("ann:hunter2"u8)}", server.Head, StringComparison.Ordinal);
        var stored = string.Concat(worker.Blobs.Under("").Select(name => System.Text.Encoding.UTF8.GetString(worker.Blobs[name])));
        Assert.Contains(completion.Result.Artifact[7..], string.Concat(worker.Blobs.Under("")), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", stored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoOp_GoesTheWholeWay()
    {
        await using var worker = await Trainings.StartAsync();

        var completion = await Trainings.Put(worker, new NoOpSpec { Name = "nothing" }).EndAsync<AttemptCompletion>();

        Assert.Equal(ArtifactKind.Evaluation, completion.Result.Kind);
    }

    private static async Task<int> ExecutorOfAsync(TestWorker worker) =>
        (await Eventually.ValueAsync("the log names the process", () => Task.FromResult(Trainings.ProcessesOf(worker)), found => found.Length > 0))[0];
}
