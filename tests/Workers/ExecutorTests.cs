using System.Diagnostics;
using Ptune.Contracts.Jobs;
using Ptune.Fixtures;
using Ptune.Fixtures.Processes;

namespace Ptune.Workers.Tests;

public sealed class ExecutorTests
{
    [Fact]
    public async Task Executor_Crashes_FailsTheAttemptWithItsLastWordsAndTheWorkerGoesOn()
    {
        await using var worker = await TestWorker.StartAsync();

        var failure = await worker.Put("crash").EndAsync<AttemptFailure>();
        await worker.Put("complete").EndAsync<AttemptCompletion>();

        Assert.Equal(FailureCause.Crash, failure.Cause);
        Assert.Contains("SIGABRT", failure.Message, StringComparison.Ordinal);
        Assert.Contains("the last thing that I saw", failure.Message, StringComparison.Ordinal);
        Assert.Equal((134, "SIGABRT"), (failure.Details!.ExitCode, failure.Details.Signal));
        Assert.Contains(failure.Details.LastLines, line => line.Contains("the last thing that I saw", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Executor_KilledFromOutside_IsACrash()
    {
        await using var worker = await TestWorker.StartAsync();
        var job = worker.Put("hang");
        await Eventually.IsTrueAsync("a checkpoint is told", () => job.LastCheckpoint is not null);

        Signals.Send(await worker.ExecutorIdAsync(), UnixSignal.Kill);

        var failure = await job.EndAsync<AttemptFailure>();
        Assert.Equal(FailureCause.Crash, failure.Cause);
        Assert.Contains("SIGKILL", failure.Message, StringComparison.Ordinal);
        Assert.Equal((137, "SIGKILL"), (failure.Details!.ExitCode, failure.Details.Signal));
    }

    /// <summary>As in a pod: the kernel kills what asks for more than its control group may have.</summary>
    [Fact]
    public async Task Executor_KilledByTheKernelForItsMemory_IsOutOfMemoryAndTheWorkerGoesOn()
    {
        using var group = MemoryGroup.TryCreate(300 << 20);
        Assert.SkipWhen(group is null, "A control group with a limit needs root, and a machine that lets it make one.");
        using var folder = new TemporaryFolder("group");
        await using var worker = await TestWorker.StartAsync(TestWorker.Defaults with { Executor = group.ExecutorIn(folder.Location, Programs.FakeExecutor) });

        var failure = await worker.Put("gather").EndAsync<AttemptFailure>();
        await worker.Put("complete").EndAsync<AttemptCompletion>();

        Assert.Equal(FailureCause.OutOfMemory, failure.Cause);
        Assert.Contains("by the kernel, since the memory of its control group ran out", failure.Message, StringComparison.Ordinal);
        Assert.Equal((137, "SIGKILL"), (failure.Details!.ExitCode, failure.Details.Signal));
    }

    [Fact]
    public async Task Executor_NoiseOnStandardOutput_GoesToTheLogAndHarmsNothing()
    {
        await using var worker = await TestWorker.StartAsync();

        var completion = await worker.Put("noisy").EndAsync<AttemptCompletion>();

        Assert.Equal("read ", await worker.MadeAsync(completion));
        Assert.Contains("managed noise 7", worker.Log(), StringComparison.Ordinal);
        Assert.Contains("native noise", worker.Log(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Executor_Terminated_LeavesTheDecisionToItsSupervisor()
    {
        await using var worker = await TestWorker.StartAsync();
        var job = worker.Put("wait-for-signal");
        await Eventually.IsTrueAsync("it runs", () => job.Heartbeats.Any(beat => beat.Progress is not null));
        var executor = await worker.ExecutorIdAsync();

        Signals.Send(executor, UnixSignal.Terminate);
        Signals.Send(executor, UnixSignal.Interrupt);
        await File.WriteAllTextAsync(Path.Combine(worker.DataFolder, "go"), "");

        Assert.Equal("went on", await worker.MadeAsync(await job.EndAsync<AttemptCompletion>()));
    }

    [Fact]
    public async Task Executor_IdleForLong_IsLetGoAndStartedAgainOnDemand()
    {
        // Polled more often than that: asking for work in vain is no work.
        await using var worker = await TestWorker.StartAsync(TestWorker.Defaults with { ExecutorIdle = TimeSpan.FromMilliseconds(500) });
        await worker.Put("complete").EndAsync<AttemptCompletion>();
        var first = await worker.ExecutorIdAsync();

        await Eventually.IsTrueAsync("it is let go", () => !Directory.Exists($"/proc/{first}"));

        await worker.Put("complete").EndAsync<AttemptCompletion>();
        Assert.NotEqual(first, await worker.ExecutorIdAsync());
    }

    [Fact]
    public async Task Executor_BetweenJobs_IsKeptWarm()
    {
        await using var worker = await TestWorker.StartAsync();
        await worker.Put("complete").EndAsync<AttemptCompletion>();
        var first = await worker.ExecutorIdAsync();

        await worker.Put("complete").EndAsync<AttemptCompletion>();

        Assert.Equal(first, await worker.ExecutorIdAsync());
    }

    [Fact]
    public async Task Executor_Environment_HasThreadSettingsAndNoSecrets()
    {
        Environment.SetEnvironmentVariable("PTUNE_Storage__ConnectionString", "AccountKey=secret");
        await using var worker = await TestWorker.StartAsync(TestWorker.Defaults with { Threads = 2 });

        var variables = (await worker.MadeAsync(await worker.Put("environment").EndAsync<AttemptCompletion>())).Split('\n');

        Assert.Contains("OMP_WAIT_POLICY=PASSIVE", variables);
        Assert.Contains("OMP_NUM_THREADS=2", variables);
        Assert.Contains($"PTUNE_SUPERVISOR={Environment.ProcessId}", variables);
        Assert.DoesNotContain(variables, variable => variable.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Executor_ThatIsNone_IsInfrastructure()
    {
        using var folder = new TemporaryFolder();
        var script = folder.PathOf("executor");
        await File.WriteAllTextAsync(script, "#!/bin/sh\necho no libraries here >&2\nexit 7\n");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await using var worker = await TestWorker.StartAsync(TestWorker.Defaults with { Executor = script });

        var failure = await worker.Put("complete").EndAsync<AttemptFailure>();

        Assert.Equal(FailureCause.Infrastructure, failure.Cause);
        Assert.Contains("exit code 7", failure.Message, StringComparison.Ordinal);
        Assert.Contains("no libraries here", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Executor_ItsInputCloses_Ends()
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["exec", Programs.FakeExecutor])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

        process.StandardInput.Close();

        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public async Task Executor_ItsSupervisorIsKilled_DiesEvenIfItsInputStaysOpen()
    {
        const string Script = "export PTUNE_SUPERVISOR=$$; dotnet exec \"$0\" <&0 >/dev/null & echo $! >&2; wait";
        using var supervisor = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Script, Programs.FakeExecutor])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
        })!;
        var executor = int.Parse((await supervisor.StandardError.ReadLineAsync())!);

        Signals.Send(supervisor.Id, UnixSignal.Kill);

        await Eventually.IsTrueAsync("it is dead", () => !Directory.Exists($"/proc/{executor}") || File.ReadAllText($"/proc/{executor}/stat").Contains(") Z ", StringComparison.Ordinal));
    }
}
