using Ptune.Cli.FakeSilo;
using Ptune.Cli.Tests.Support;

namespace Ptune.Cli.Tests.Commands;

/// <summary>What waits, for what, and who works.</summary>
public sealed class WaitTests : IDisposable
{
    private readonly Client _client = new();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Get_QueuedJob_ShowsPlaceStartAndRule()
    {
        await using var server = await FakeServer.StartAsync();
        var outcome = (await _client.RunAsync("get", FakeRuns.WaitingId, "--server", server.Url)).Expect(ExitCode.Done);
        Assert.Contains("3 of 17 in pool default, start unknown", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("it needs cuda, and w has cpu (needs)", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_WithQueuedJobs_HasAColumnOfWaits()
    {
        await using var server = await FakeServer.StartAsync();
        var outcome = (await _client.RunAsync("list", "--status", "queued", "--server", server.Url)).Expect(ExitCode.Done);
        Assert.Contains("WAITS", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("3 of 17, needs, start unknown", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_NothingQueued_AsksForNoWaits()
    {
        await using var server = await FakeServer.StartAsync();
        var outcome = (await _client.RunAsync("list", "--status", "succeeded", "--server", server.Url)).Expect(ExitCode.Done);
        Assert.DoesNotContain("WAITS", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Requests, r => r.StartsWith("GET /v1/waits", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Workers_AWorker_ShowsWhatItHasAndItsState()
    {
        await using var server = await FakeServer.StartAsync();
        var outcome = (await _client.RunAsync("workers", "--server", server.Url)).Expect(ExitCode.Done);
        Assert.Matches(@"worker-1 +default +host +4711 +cpu +7\.5 GiB +zone=a +2 +1 +1 +work +partly idle", outcome.Output);
    }

    [Fact]
    public async Task Drain_Wait_ReturnsWhenTheWorkerHasLeft()
    {
        await using var server = await FakeServer.StartAsync();
        var outcome = (await _client.RunAsync("workers", "drain", "worker-1", "--wait", "--server", server.Url)).Expect(ExitCode.Done);
        Assert.Equal("worker-1 has stopped", outcome.Output.Trim());
        Assert.Contains("POST /v1/workers/worker-1/drain", server.Requests);
    }

    [Theory]
    [InlineData("drain", "worker-1 is draining; 1 job still running")]
    [InlineData("undrain", "worker-1 takes jobs again")]
    public async Task Order_KnownWorker_SaysWhatItDoes(string command, string words)
    {
        await using var server = await FakeServer.StartAsync();
        var outcome = (await _client.RunAsync("workers", command, "worker-1", "--server", server.Url)).Expect(ExitCode.Done);
        Assert.Equal(words, outcome.Output.Trim());
    }

    [Fact]
    public async Task Drain_UnknownWorker_IsNotFound()
    {
        await using var server = await FakeServer.StartAsync();
        (await _client.RunAsync("workers", "drain", "nobody", "--server", server.Url)).Expect(ExitCode.NotFound);
    }
}
