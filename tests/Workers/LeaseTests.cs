using Ptune.Contracts.Jobs;
using Ptune.Fixtures;
using Ptune.Supervisor;

namespace Ptune.Workers.Tests;

public sealed class LeaseTests
{
    // Of executors that do not stop; the test does not look at how the worker leaves.
    private static readonly WorkerOptions s_leavesSoon = TestWorker.Defaults with { GracePeriod = TimeSpan.FromMilliseconds(500) };

    [Fact]
    public async Task Heartbeat_WhileRunning_CarriesProgressAndStoredCheckpoints()
    {
        await using var worker = await TestWorker.StartAsync(s_leavesSoon);

        var job = worker.Put("hang");
        await Eventually.IsTrueAsync("a checkpoint is told", () => job.LastCheckpoint is not null);

        var checkpoint = job.LastCheckpoint!;
        Assert.Equal((1L, 3L), (checkpoint.Step, checkpoint.Epoch));
        Assert.Equal("step 1", System.Text.Encoding.UTF8.GetString(worker.Blobs[checkpoint.Blob]));
        Assert.All(job.Heartbeats, beat => Assert.Equal(("worker-1", 3L), (beat.WorkerId, beat.Epoch)));
        Assert.Contains(job.Heartbeats, beat => beat.Progress is { Step: 1, TotalSteps: 10 });
    }

    [Fact]
    public async Task Heartbeat_Fenced_KillsTheExecutorAndSaysNothingMore()
    {
        await using var worker = await TestWorker.StartAsync();
        var job = worker.Put("scribble");
        await Eventually.IsTrueAsync("a checkpoint is told", () => job.LastCheckpoint is not null);
        var executor = await worker.ExecutorIdAsync();

        job.Reply = HeartbeatReply.Fenced;

        await Eventually.IsTrueAsync("the executor is dead", () => !Directory.Exists($"/proc/{executor}"));
        await Eventually.IsTrueAsync("its folder is gone", () => Directory.GetDirectories(worker.AttemptsFolder).Length == 0);
        var written = worker.Blobs.Names;
        await worker.Put("complete").EndAsync<AttemptCompletion>();
        Assert.Empty(job.LastWords);
        Assert.DoesNotContain(written, name => name.StartsWith("content/", StringComparison.Ordinal));
        Assert.Equal(worker.Blobs.Under("checkpoints/"), written.Where(name => name.StartsWith("checkpoints/", StringComparison.Ordinal)));
        Assert.DoesNotContain("discarded", worker.Log(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lease_ThatCannotBeRenewed_EndsTheAttemptBeforeAnythingElseIsWritten()
    {
        await using var worker = await TestWorker.StartAsync();
        var job = worker.Put("hang", lease => lease with { Duration = TimeSpan.FromSeconds(3) });
        var executor = await worker.ExecutorIdAsync();
        job.IsAway = true;
        var heard = job.Heartbeats.Count;

        await Eventually.IsTrueAsync("the executor is dead", () => !Directory.Exists($"/proc/{executor}"));
        await worker.Put("complete").EndAsync<AttemptCompletion>();

        Assert.Empty(job.LastWords);
        Assert.Equal(heard, job.Heartbeats.Count);
    }

    [Fact]
    public async Task Heartbeat_Cancel_CheckpointsStopsAndReleases()
    {
        await using var worker = await TestWorker.StartAsync();
        var job = worker.Put("busy");
        await Eventually.IsTrueAsync("a checkpoint is told", () => job.LastCheckpoint is not null);

        job.Reply = HeartbeatReply.Cancel;

        var release = await job.EndAsync<AttemptRelease>();
        Assert.Equal(7, release.Checkpoint?.Step);
        Assert.Equal("step 7", System.Text.Encoding.UTF8.GetString(worker.Blobs[release.Checkpoint!.Blob]));
        Assert.Contains("cancelled", release.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Heartbeat_Suspend_CheckpointsReleasesAndKeepsTheLog()
    {
        await using var worker = await TestWorker.StartAsync();
        var job = worker.Put("busy");
        await Eventually.IsTrueAsync("a checkpoint is told", () => job.LastCheckpoint is not null);

        job.Reply = HeartbeatReply.Suspend;

        var release = await job.EndAsync<AttemptRelease>();
        Assert.Equal((7L, "it was suspended"), (release.Checkpoint?.Step, release.Why));
        Assert.Contains("Released at step 7: it was suspended", worker.Log(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Heartbeat_CancelOfOneThatDoesNotStop_KillsItAndReleasesWhatIsStored()
    {
        await using var worker = await TestWorker.StartAsync(TestWorker.Defaults with { GracePeriod = TimeSpan.FromMilliseconds(200) });
        var job = worker.Put("deaf");
        await Eventually.IsTrueAsync("a checkpoint is told", () => job.LastCheckpoint is not null);

        job.Reply = HeartbeatReply.Cancel;

        var release = await job.EndAsync<AttemptRelease>();
        Assert.Equal(1, release.Checkpoint?.Step);
        await worker.Put("complete").EndAsync<AttemptCompletion>();
    }

    [Fact]
    public async Task Checkpoints_ManyOfThem_KeepOnlyTheNewestFew()
    {
        await using var worker = await TestWorker.StartAsync(s_leavesSoon);

        var job = worker.Put("scribble");
        await Eventually.IsTrueAsync("several are told", () => job.LastCheckpoint is { Step: > 30 });

        await Eventually.IsTrueAsync("old ones are removed", () => !worker.Blobs.Under("checkpoints/")[0].EndsWith("000000000001.safetensors", StringComparison.Ordinal));
    }
}
