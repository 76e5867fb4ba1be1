using System.Text;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Fixtures;

namespace Ptune.Workers.Tests;

public sealed class AttemptTests
{
    [Fact]
    public async Task Attempt_Completes_StoresItsArtifactAndSaysSo()
    {
        await using var worker = await TestWorker.StartAsync();
        var job = worker.Put("complete");

        var completion = await job.EndAsync<AttemptCompletion>();

        Assert.Equal(("worker-1", 3L), (completion.WorkerId, completion.Epoch));
        Assert.Equal("42", await worker.MadeAsync(completion));
        Assert.Equal(42, completion.Result.Metrics["answer"]);
        Assert.Equal(new LossPoint(10, 0.5), Assert.Single(completion.Result.Curve));
        Assert.Equal("a fake", completion.Result.Environment.Processor);
        Assert.Equal(2, completion.Result.ArtifactBytes);
        Assert.True(completion.Result.Seconds > 0);
        Assert.Contains("Attempt 3 of complete", worker.Log(), StringComparison.Ordinal);
        Assert.Contains("script complete", worker.Log(), StringComparison.Ordinal);
        Assert.Contains(completion.Result.Artifact, worker.Log(), StringComparison.Ordinal);
        await Eventually.IsTrueAsync("its folder is gone", () => Directory.GetDirectories(worker.AttemptsFolder).Length == 0);
    }

    [Fact]
    public async Task Attempt_EqualWork_IsTheSameArtifact()
    {
        await using var worker = await TestWorker.StartAsync();
        var id = TestWorker.NewJobId();
        worker.Put("complete", lease => lease with { JobId = id, Epoch = 1 });
        var first = await worker.Grains.Job(id).EndAsync<AttemptCompletion>();

        await using var other = await TestWorker.StartAsync();
        other.Put("complete", lease => lease with { JobId = id, Epoch = 9, Spec = lease.Spec with { Scheduling = new() { Pool = "elsewhere" } } });
        var second = await other.Grains.Job(id).EndAsync<AttemptCompletion>();

        Assert.Equal(first.Result.Artifact, second.Result.Artifact);
    }

    [Fact]
    public async Task Attempt_WithInputs_ReadsThemVerified()
    {
        await using var worker = await TestWorker.StartAsync();
        var made = await worker.Put("complete").EndAsync<AttemptCompletion>();

        var job = worker.Put("read-inputs", lease => lease with { Inputs = new() { ["source"] = made.Result.Artifact } });

        Assert.Equal("source: 42", await worker.MadeAsync(await job.EndAsync<AttemptCompletion>()));
        await Eventually.IsTrueAsync("the pool hears that it is warm", () => worker.Grains.Pool.Requests.Last().WarmModels.Contains(made.Result.Artifact));
    }

    [Fact]
    public async Task Attempt_AnInputThatWasTampered_IsInvalidAndSaysWhich()
    {
        await using var worker = await TestWorker.StartAsync();
        var made = await worker.Put("complete").EndAsync<AttemptCompletion>();
        worker.Blobs[BlobNames.Content(made.Result.Artifact)] = "{}"u8.ToArray();

        var failure = await worker.Put("read-inputs", lease => lease with { Inputs = new() { ["source"] = made.Result.Artifact } }).EndAsync<AttemptFailure>();

        Assert.Equal(FailureCause.Invalid, failure.Cause);
        Assert.Contains("'source'", failure.Message, StringComparison.Ordinal);
        Assert.Contains(made.Result.Artifact, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("out-of-memory", FailureCause.OutOfMemory, "ran out of memory")]
    [InlineData("invalid", FailureCause.Invalid, "labels do not fit")]
    [InlineData("diverge", FailureCause.Invalid, "diverged")]
    [InlineData("throw", FailureCause.Crash, "a mistake in the executor")]
    public async Task Attempt_Fails_SaysTheCause(string script, FailureCause cause, string words)
    {
        await using var worker = await TestWorker.StartAsync();

        var failure = await worker.Put(script).EndAsync<AttemptFailure>();

        Assert.Equal((cause, 3L), (failure.Cause, failure.Epoch));
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.Contains(words, worker.Log(), StringComparison.Ordinal);
        Assert.Empty(worker.Blobs.Under("content/"));
    }

    [Fact]
    public async Task Attempt_AnswersGetLost_SaysItsLastWordAgain()
    {
        await using var worker = await TestWorker.StartAsync();
        var job = worker.Put("complete", lease =>
        {
            worker.Grains.Job(lease.JobId).LostAnswers = 2;
            return lease;
        });

        await job.EndAsync<AttemptCompletion>();

        Assert.Equal(3, job.LastWords.Count);
        Assert.Single(job.LastWords.Distinct());
    }

    [Fact]
    public async Task Attempt_TheStoreIsFull_IsInfrastructure()
    {
        await using var worker = await TestWorker.StartAsync(blobs: new MemoryBlobs { Unwritable = "content/" });

        var failure = await worker.Put("complete").EndAsync<AttemptFailure>();

        Assert.Equal(FailureCause.Infrastructure, failure.Cause);
        Assert.Contains("The store is full.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attempt_TheLogsCannotBeStored_CompletesAllTheSame()
    {
        await using var worker = await TestWorker.StartAsync(blobs: new MemoryBlobs { Unwritable = "logs/" });

        await worker.Put("complete").EndAsync<AttemptCompletion>();

        Assert.Empty(worker.Log());
    }

    [Fact]
    public async Task Attempt_CompletesAfterCheckpoints_RemovesThem()
    {
        await using var worker = await TestWorker.StartAsync();
        var id = TestWorker.NewJobId();
        worker.Blobs[BlobNames.Checkpoint(id, 2, 5)] = "step 5"u8.ToArray();

        await worker.Put("complete", lease => lease with { JobId = id }).EndAsync<AttemptCompletion>();

        await Eventually.IsTrueAsync("its checkpoints are gone", () => worker.Blobs.Under("checkpoints/").Length == 0);
    }

    [Theory]
    [InlineData("good", "good", "went on from newest")]
    [InlineData("tampered", "good", "went on from older")]
    [InlineData("refused", "good", "went on from older")]
    [InlineData("tampered", "bad", "went on from nothing")]
    [InlineData("missing", "missing", "went on from nothing")]
    public async Task Attempt_WithACheckpoint_GoesOnFromTheBestUsableOne(string newest, string older, string expected)
    {
        await using var worker = await TestWorker.StartAsync();
        var id = TestWorker.NewJobId();
        var content = newest == "refused" ? "bad newest" : "newest";
        var name = BlobNames.Checkpoint(id, 2, 20);
        if (newest != "missing") worker.Blobs[name] = Encoding.UTF8.GetBytes(newest == "tampered" ? "newesT" : content);
        if (older != "missing") worker.Blobs[BlobNames.Checkpoint(id, 2, 10)] = Encoding.UTF8.GetBytes(older == "good" ? "older" : "bad older");
        var checkpoint = new StoredCheckpoint(name, Digest.Of(content), content.Length, 20, 2);

        var completion = await worker.Put("picky", lease => lease with { JobId = id, Checkpoint = checkpoint }).EndAsync<AttemptCompletion>();

        Assert.Equal(expected, await worker.MadeAsync(completion));
        if (newest != "good") Assert.Contains("cannot", worker.Log(), StringComparison.OrdinalIgnoreCase);
    }
}
