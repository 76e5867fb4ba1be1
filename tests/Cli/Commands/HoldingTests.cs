using Ptune.Cli.FakeSilo;
using Ptune.Cli.Tests.Support;

namespace Ptune.Cli.Tests.Commands;

public sealed class HoldingTests : IDisposable
{
    private const string NoOp = "apiVersion: ptune/v1\nkind: NoOp\nname: nothing\n";

    /// <summary>The job that the fabricated server knows.</summary>
    private const string JobId = "default.0123456789abcdef0123456789abcdef";

    private readonly Client _client = new();

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData("suspend", "suspending")]
    [InlineData("resume", "queued")]
    [InlineData("retry", "queued")]
    public async Task Command_KnownJob_PrintsTheStateReached(string command, string state)
    {
        await using var server = await FakeServer.StartAsync();
        var outcome = (await _client.RunAsync(command, JobId, "--server", server.Url)).Expect(ExitCode.Done);
        Assert.Equal($"{JobId} {state}", outcome.Output.Trim());
        Assert.Contains($"POST /v1/jobs/{JobId}/{command}", server.Requests);
    }

    [Fact]
    public async Task Command_UnknownJob_IsNotFound()
    {
        await using var server = await FakeServer.StartAsync();
        (await _client.RunAsync("suspend", "ffff", "--server", server.Url)).Expect(ExitCode.NotFound);
    }

    [Fact]
    public async Task Submit_WithAKey_SendsIt()
    {
        await using var server = await FakeServer.StartAsync();
        (await _client.RunAsync("submit", _client.Write("job.yaml", NoOp), "--key", "nightly", "--server", server.Url)).Expect(ExitCode.Done);
        Assert.Equal(["nightly"], server.Keys);
    }

    [Fact]
    public async Task SubmitAndRun_StudyAndSweepWithAKey_SendIt()
    {
        await using var server = await FakeServer.StartAsync();
        (await _client.RunAsync("submit", SampleSpecs.Study(_client), "--key", "nightly", "--server", server.Url)).Expect(ExitCode.Done);
        (await _client.RunAsync("submit", SampleSpecs.Sweep(_client), "--key", "hourly", "--server", server.Url)).Expect(ExitCode.Done);
        (await _client.RunAsync("run", SampleSpecs.Sweep(_client), "--key", "yearly", "--server", server.Url)).Expect(ExitCode.Done);
        Assert.Equal(["nightly", "hourly", "yearly"], server.Keys);
    }
}
