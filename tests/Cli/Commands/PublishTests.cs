using Ptune.Cli.FakeSilo;
using Ptune.Cli.Tests.Support;

namespace Ptune.Cli.Tests.Commands;

/// <summary><c>--publish</c> and <c>--move</c> of submit and run.</summary>
public sealed class PublishTests : IAsyncLifetime
{
    private readonly Client _client = new();
    private FakeServer? _server;

    public async ValueTask InitializeAsync()
    {
        _server = await FakeServer.StartAsync();
        _client.Variables["PTUNE_SERVER"] = _server.Url;
    }

    public async ValueTask DisposeAsync()
    {
        await _server!.DisposeAsync();
        _client.Dispose();
    }

    [Theory]
    [InlineData("submit")]
    [InlineData("run")]
    public async Task Publish_IsSentWithTheSpec(string command)
    {
        (await _client.RunAsync(command, SampleSpecs.Job(_client), "--publish", "vit@v9", "--move")).Expect(ExitCode.Done);
        var spec = Assert.Single(_server!.Models.Specs);
        Assert.Equal(("vit@v9", "pretrain-vit"), (spec.Publish, spec.Name));
        Assert.Contains("POST /v1/jobs?move=true", _server.Requests);
    }

    [Fact]
    public async Task Publish_InTheSpec_IsShownByPlanAndMoved()
    {
        var spec = SampleSpecs.Job(_client);
        await File.AppendAllTextAsync(spec, "\npublish: vit@v3\n");
        Assert.Contains("publish: vit@v3", (await _client.RunAsync("plan", spec)).Expect(ExitCode.Done).Output, StringComparison.Ordinal);
        (await _client.RunAsync("submit", spec, "--move")).Expect(ExitCode.Done);
        Assert.Contains("vit@v3", (await _client.RunAsync("get", FakeRuns.JobId)).Expect(ExitCode.Done).Output, StringComparison.Ordinal);
        Assert.Contains("POST /v1/jobs?move=true", _server!.Requests);
    }

    [Fact]
    public async Task WrongUse_IsRefusedBeforeAnythingIsSent()
    {
        Assert.Contains("write NAME@VERSION", (await _client.RunAsync("submit", SampleSpecs.Job(_client), "--publish", "vit")).Expect(ExitCode.Usage).Error, StringComparison.Ordinal);
        Assert.Contains("--move goes with a name", (await _client.RunAsync("submit", SampleSpecs.Job(_client), "--move")).Expect(ExitCode.Usage).Error, StringComparison.Ordinal);
        Assert.Contains("goes with a single job", (await _client.RunAsync("run", SampleSpecs.Study(_client), "--publish", "vit@v9")).Expect(ExitCode.Usage).Error, StringComparison.Ordinal);
        Assert.Empty(_server!.Requests);
    }
}
