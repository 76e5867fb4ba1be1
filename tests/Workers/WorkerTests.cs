using Ptune.Contracts.Jobs;
using Ptune.Contracts.Workers;
using Ptune.Fixtures;

namespace Ptune.Workers.Tests;

public sealed class WorkerTests
{
    private static readonly TimeSpan s_never = TimeSpan.FromHours(1);

    [Fact]
    public async Task Worker_OneWakeUpAndManyJobs_DoesThemAll()
    {
        await using var worker = await TestWorker.StartAsync(TestWorker.Defaults with { Executors = 2, PollInterval = s_never });
        await Eventually.IsTrueAsync("the first poll is over", () => worker.Grains.Pool.Asked >= 1);
        var jobs = Enumerable.Range(0, 5).Select(_ => worker.Put("complete")).ToArray();

        await worker.Listener.WakeAsync("default");

        foreach (var job in jobs) await job.EndAsync<AttemptCompletion>();
    }

    [Fact]
    public async Task Worker_AResultIsBeingStored_RunsTheNextJobMeanwhileAndNoMore()
    {
        var open = new TaskCompletionSource();
        var blobs = new MemoryBlobs { Before = name => name.StartsWith("content/", StringComparison.Ordinal) ? open.Task : Task.CompletedTask };
        await using var worker = await TestWorker.StartAsync(blobs: blobs);
        var jobs = Enumerable.Range(0, 3).Select(_ => worker.Put("complete")).ToArray();

        await Eventually.IsTrueAsync("both are in its hands", () => worker.Grains.Worker.Reports.Any(report => report.Running.Length == 2));
        await Eventually.IsTrueAsync("the second has begun", () => worker.Log().Split("Starting from").Length == 3);
        Assert.All(jobs, job => Assert.Empty(job.LastWords));
        Assert.Equal(2, worker.Grains.Pool.Requests.Count - worker.Grains.Pool.Unanswered);
        open.SetResult();

        foreach (var job in jobs) await job.EndAsync<AttemptCompletion>();
    }

    [Fact]
    public async Task Stop_WhileAResultIsBeingStored_WaitsForIt()
    {
        TaskCompletionSource open = new(), reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var blobs = new MemoryBlobs { Before = name => name.StartsWith("content/", StringComparison.Ordinal) && reached.TrySetResult() is var _ ? open.Task : Task.CompletedTask };
        await using var worker = await TestWorker.StartAsync(blobs: blobs);
        var job = worker.Put("complete");
        await reached.Task.WaitAsync(TimeSpan.FromMinutes(1));

        var stopping = worker.StopAsync();
        Assert.False(worker.Grains.Worker.HasLeft);
        open.SetResult();
        await stopping;

        await job.EndAsync<AttemptCompletion>();
        Assert.True(worker.Grains.Worker.HasLeft);
    }

    [Fact]
    public async Task Worker_WithoutAWakeUp_FindsWorkByItself()
    {
        await using var worker = await TestWorker.StartAsync();
        await Eventually.IsTrueAsync("it has polled", () => worker.Grains.Pool.Asked >= 2);

        await worker.Put("complete").EndAsync<AttemptCompletion>();
    }

    [Fact]
    public async Task Worker_AsksForWork_SaysWhatItHas()
    {
        await using var worker = await TestWorker.StartAsync(TestWorker.Defaults with { MemoryGiB = 7.5, Labels = new() { ["zone"] = "a" } });
        await Eventually.IsTrueAsync("it has polled", () => !worker.Grains.Pool.Requests.IsEmpty);
        var request = worker.Grains.Pool.Requests.First();
        Assert.Equal(("cpu", 7.5, "a"), (request.Device, request.MemoryGiB, request.Labels!["zone"]));
    }

    [Fact]
    public async Task Worker_AsksAgain_NumbersItsRequestsAndSaysWhichBroughtTheLastLease()
    {
        await using var worker = await TestWorker.StartAsync(TestWorker.Defaults with { Executors = 2 });
        await worker.Put("complete").EndAsync<AttemptCompletion>();
        await Eventually.IsTrueAsync("the slot that had the job has asked again", () => worker.Grains.Pool.Requests.Any(r => r.Slot!.Received > 0));
        var slots = worker.Grains.Pool.Requests.Select(r => r.Slot!).GroupBy(s => s.Slot).ToArray();
        Assert.Equal(2, slots.Length);
        foreach (var slot in slots)
        {
            Assert.Equal(Enumerable.Range(1, slot.Count()).Select(n => (long)n), slot.Select(s => s.Number));
            Assert.Equal(0, slot.First().Received);
        }
        Assert.Single(slots.SelectMany(slot => slot.Select(s => s.Received)).Distinct(), received => received > 0);
    }

    [Fact]
    public async Task Start_AnotherProcessWorksUnderItsId_IsRefusedWithThatProcess()
    {
        await using var worker = TestWorker.Create();
        worker.Grains.Worker.Order = WorkerOrder.Refused;
        var seen = DateTimeOffset.UnixEpoch;
        worker.Grains.Worker.Other = () => Other(seen += TimeSpan.FromSeconds(1));
        var problem = await Assert.ThrowsAsync<IOException>(worker.StartAsync);
        Assert.Contains("process 4711 on other-host works under the id 'worker-1'", problem.Message, StringComparison.Ordinal);
        Assert.Equal(0, worker.Grains.Pool.Asked);
    }

    /// <summary>Its process was killed: nobody reports, and its id is free when it is forgotten.</summary>
    [Fact]
    public async Task Start_AnotherProcessWasHeardOfUnderItsIdAndIsSilent_WaitsUntilItIsForgotten()
    {
        await using var worker = TestWorker.Create();
        worker.Grains.Worker.Order = WorkerOrder.Refused;
        worker.Grains.Worker.Other = () => Other(DateTimeOffset.UnixEpoch);
        var starting = worker.StartAsync();
        await Eventually.IsTrueAsync("it has asked again", () => worker.Grains.Worker.Reports.Count >= 3);
        Assert.Equal(0, worker.Grains.Pool.Asked);
        worker.Grains.Worker.Order = WorkerOrder.Work;
        await starting;
        await Eventually.IsTrueAsync("it works", () => worker.Grains.Pool.Asked >= 1);
    }

    /// <summary>It slept for so long that another one has taken its id: what it says on leaving would be of that one.</summary>
    [Fact]
    public async Task Worker_AnotherHasTakenItsId_LeavesWithoutSayingSo()
    {
        await using var worker = await TestWorker.StartAsync(endsHost: true);
        await Eventually.IsTrueAsync("it works", () => worker.Grains.Pool.Asked >= 1);
        worker.Grains.Worker.Order = WorkerOrder.Refused;
        await Eventually.IsTrueAsync("it ends", () => worker.Stopping.IsCancellationRequested);
        Assert.False(worker.Grains.Worker.HasLeft);
    }

    [Fact]
    public async Task Worker_NothingSaidOfMemory_IsThatOfTheProcess()
    {
        await using var worker = await TestWorker.StartAsync();
        await Eventually.IsTrueAsync("it has polled", () => !worker.Grains.Pool.Requests.IsEmpty);
        Assert.InRange(worker.Grains.Pool.Requests.First().MemoryGiB!.Value, 0.1, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1 << 30));
    }

    [Fact]
    public async Task Worker_ThePoolIsAway_AsksAgainUntilItIsBack()
    {
        await using var worker = await TestWorker.StartAsync();
        worker.Grains.Pool.IsAway = true;
        var job = worker.Put("complete");
        var asked = worker.Grains.Pool.Asked;
        await Eventually.IsTrueAsync("it asks on", () => worker.Grains.Pool.Asked > asked + 3);

        worker.Grains.Pool.IsAway = false;

        await job.EndAsync<AttemptCompletion>();
    }

    [Fact]
    public async Task Worker_Alive_ReportsWhatItIsAndDoes()
    {
        await using var worker = await TestWorker.StartAsync();
        var job = worker.Put("hang", lease => lease with { JobId = "default.0123456789abcdef0123456789abcdef" });
        await Eventually.IsTrueAsync("it reports the job", () => worker.Grains.Worker.Reports.Any(report => report.Running.Length == 1));

        var report = worker.Grains.Worker.Reports.Last();
        Assert.Equal(("default", "cpu", 1, 1), (report.Pool, report.Device, report.Executors, report.Threads));
        Assert.Equal((Environment.MachineName, Environment.ProcessId), (report.Host, report.ProcessId));
        Assert.Equal("default.0123456789abcdef0123456789abcdef", Assert.Single(report.Running));
        Assert.Empty(job.LastWords);
    }

    [Fact]
    public async Task Stop_WhileAJobRuns_CheckpointsReleasesAndLeaves()
    {
        await using var worker = await TestWorker.StartAsync();
        var job = worker.Put("wait-for-stop");
        await Eventually.IsTrueAsync("a checkpoint is told", () => job.LastCheckpoint is not null);
        var executor = await worker.ExecutorIdAsync();

        await worker.StopAsync();

        var release = await job.EndAsync<AttemptRelease>();
        Assert.Equal(7, release.Checkpoint?.Step);
        Assert.Equal("step 7", System.Text.Encoding.UTF8.GetString(worker.Blobs[release.Checkpoint!.Blob]));
        Assert.Contains("stopping", release.Why, StringComparison.Ordinal);
        Assert.True(worker.Grains.Worker.HasLeft);
        Assert.False(Directory.Exists($"/proc/{executor}"));
    }

    [Fact]
    public async Task Stop_AJobThatDoesNotStop_IsGivenBackWithinTheGracePeriod()
    {
        await using var worker = await TestWorker.StartAsync(TestWorker.Defaults with { GracePeriod = TimeSpan.FromSeconds(10) });
        var job = worker.Put("hang");
        await Eventually.IsTrueAsync("a checkpoint is told", () => job.LastCheckpoint is not null);

        await worker.StopAsync();

        Assert.Equal(1, (await job.EndAsync<AttemptRelease>()).Checkpoint?.Step);
        Assert.True(worker.Grains.Worker.HasLeft);
    }

    [Fact]
    public async Task Drain_Ordered_GivesBackAndLeavesAndTakesNoMore()
    {
        await using var worker = await TestWorker.StartAsync();
        var job = worker.Put("wait-for-stop");
        await Eventually.IsTrueAsync("a checkpoint is told", () => job.LastCheckpoint is not null);

        worker.Grains.Worker.Order = WorkerOrder.Drain;

        await job.EndAsync<AttemptRelease>();
        await worker.Grains.Worker.LeftAsync();
        Assert.False(worker.Stopping.IsCancellationRequested);
    }

    [Fact]
    public async Task Drain_OfAWorkersOwnProcess_EndsIt()
    {
        await using var worker = await TestWorker.StartAsync(endsHost: true);

        worker.Grains.Worker.Order = WorkerOrder.Drain;

        await Eventually.IsTrueAsync("the host stops", () => worker.Stopping.IsCancellationRequested);
        Assert.True(worker.Grains.Worker.HasLeft);
    }

    [Fact]
    public async Task ExitWhenIdle_NoWork_EndsTheProcess()
    {
        await using var worker = await TestWorker.StartAsync(TestWorker.Defaults with { ExitWhenIdle = TimeSpan.FromMilliseconds(200) }, endsHost: true);

        await Eventually.IsTrueAsync("the host stops", () => worker.Stopping.IsCancellationRequested);
    }

    [Fact]
    public async Task Start_AfterADeadWorker_RemovesItsFolders()
    {
        using var cache = new TemporaryFolder();
        using (new Supervisor.Slots.WorkerFolders(cache.Location, "alive"))
        {
            Directory.CreateDirectory(cache.PathOf("attempts", "dead", "work"));
            await File.WriteAllTextAsync(cache.PathOf("attempts", "dead.lock"), "");

            using var folders = new Supervisor.Slots.WorkerFolders(cache.Location, "new");

            Assert.False(Directory.Exists(cache.PathOf("attempts", "dead")));
            Assert.True(Directory.Exists(cache.PathOf("attempts", "alive")));
            Assert.True(Directory.Exists(folders.Attempts));
        }
    }

    private static WorkerView Other(DateTimeOffset seen) =>
        new("worker-1", new WorkerReport("default", "other-host", 4711, "cpu", 1, 1, "0", []), DateTimeOffset.UnixEpoch, seen, WorkerOrder.Work);
}
