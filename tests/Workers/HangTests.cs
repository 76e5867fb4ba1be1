using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Fixtures;
using Ptune.Supervisor;

namespace Ptune.Workers.Tests;

/// <summary>Runs that make no progress, and what rules make of failures.</summary>
public sealed class HangTests
{
    private static readonly WorkerOptions _impatient = TestWorker.Defaults with { HangAfter = TimeSpan.FromSeconds(3), GracePeriod = TimeSpan.FromMilliseconds(300) };

    [Fact]
    public async Task Run_WithoutProgress_IsKilledAndTheWorkerGoesOn()
    {
        await using var worker = await TestWorker.StartAsync(_impatient);

        var job = worker.Put("hang");
        var executor = await worker.ExecutorIdAsync();
        var failure = await job.EndAsync<AttemptFailure>();
        var asked = worker.Grains.Pool.Asked;
        await Eventually.IsTrueAsync("the worker asks for more", () => worker.Grains.Pool.Asked > asked);

        Assert.Equal(FailureCause.Timeout, failure.Cause);
        Assert.False(Directory.Exists($"/proc/{executor}"));
        Assert.Contains("no progress for 3 s", failure.Message, StringComparison.Ordinal);
        Assert.Contains("SIGKILL", failure.Message, StringComparison.Ordinal);
        Assert.Contains("script hang", failure.Message, StringComparison.Ordinal);
        Assert.Matches(@"Not stopping: thread \d+ '.+' (computes|waits)", failure.Message);
        Assert.Contains("Failed (Timeout)", worker.Log(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WithoutProgressThatStillStops_KeepsItsCheckpointAndItsExecutor()
    {
        await using var worker = await TestWorker.StartAsync(TestWorker.Defaults with { HangAfter = TimeSpan.FromSeconds(3) });

        var job = worker.Put("wait-for-stop");
        var failure = await job.EndAsync<AttemptFailure>();

        Assert.Equal(FailureCause.Timeout, failure.Cause);
        Assert.Contains("it stopped on request", failure.Message, StringComparison.Ordinal);
        Assert.Equal(7, job.LastCheckpoint?.Step);
        Assert.True(Directory.Exists($"/proc/{await worker.ExecutorIdAsync()}"));
    }

    [Fact]
    public async Task Failure_OfWhichARuleSpeaks_NamesTheRule()
    {
        await using var worker = await TestWorker.StartAsync();
        LogRule[] rules = [new() { Pattern = "never said", Action = LogRuleAction.DoNotRetry }, new() { Pattern = "^the last thing", Action = LogRuleAction.NotOnThisWorker }];

        var failure = await worker.Put("crash", lease => lease with { Spec = lease.Spec with { Scheduling = new() { LogRules = rules } } }).EndAsync<AttemptFailure>();

        Assert.Equal((FailureCause.Crash, rules[1]), (failure.Cause, failure.Rule));
        Assert.Contains("Log rule NotOnThisWorker applies", worker.Log(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failure_OfWhichNoRuleSpeaks_NamesNone()
    {
        await using var worker = await TestWorker.StartAsync();
        LogRule[] rules = [new() { Pattern = "never said", Action = LogRuleAction.DoNotRetry }];

        var failure = await worker.Put("invalid", lease => lease with { Spec = lease.Spec with { Scheduling = new() { LogRules = rules } } }).EndAsync<AttemptFailure>();

        Assert.Null(failure.Rule);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(4, 4)]
    public async Task Run_OfALease_ComputesItsBatchParts(int leased, int run)
    {
        await using var worker = await TestWorker.StartAsync();

        var completion = await worker.Put("parts", lease => lease with { BatchParts = leased }).EndAsync<AttemptCompletion>();

        Assert.Equal($"in {run} parts", await worker.MadeAsync(completion));
    }
}
