using System.Text.Json;
using Ptune.Cli.FakeSilo;
using Ptune.Cli.Tests.Support;

namespace Ptune.Cli.Tests.Commands;

/// <summary>Runs that have a store, a server or a name in common.</summary>
public sealed class SharedServerTests : IDisposable
{
    private readonly Client _client = new();

    public SharedServerTests() => _client.Variables["PTUNE_SILO"] = Client.FakeSilo;

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Run_TwoAtOnceOnOneStore_BothReachTheirEnd()
    {
        var (first, second) = (SampleSpecs.Study(_client, "first"), SampleSpecs.Job(_client));
        var outcomes = await Task.WhenAll(_client.RunAsync("run", first), _client.RunAsync("run", second));
        foreach (var outcome in outcomes) outcome.Expect(ExitCode.Done);
        Assert.NotEmpty(_client.Read("runs/first/report.html"));
        Assert.NotEmpty(_client.Read("runs/pretrain-vit/report.html"));
    }

    [Fact]
    public async Task Run_OnAnotherRunsServerThatEnds_GoesOnWithItsOwn()
    {
        _client.Variables["FAKE_SCENARIO"] = "Hold";
        using var first = _client.Start("run", SampleSpecs.Job(_client));
        await StartedAsync(first);
        _client.Variables.Remove("FAKE_SCENARIO");
        using var second = _client.Start("run", SampleSpecs.Study(_client, "second"));
        await StartedAsync(second);

        // The kernel ends its server with it.
        first.Kill();
        await Client.EndAsync(first);
        var outcome = (await Client.EndAsync(second)).Expect(ExitCode.Done);
        Assert.Contains("The server of another run", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(["runs/second/report.html", "runs/second/result.json"], outcome.Lines[^2..]);
    }

    [Theory]
    [InlineData("list", ExitCode.Unreachable)]
    [InlineData("run", ExitCode.Done)]
    public async Task Command_ServerFileWhoseProcessNumberLivesAgain_SendsNothingThere(string command, int code)
    {
        await using var other = await FakeServer.StartAsync();
        Directory.CreateDirectory(Path.Combine(_client.Folder, ".ptune"));
        _client.Write(".ptune/server.json", JsonSerializer.Serialize(new { url = other.Url, pid = Environment.ProcessId, dashboard = "", instance = "another", startTime = 1 }));
        (await _client.RunAsync(command == "run" ? ["run", SampleSpecs.Study(_client)] : [command])).Expect(code);
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task Run_ServerThatAnswersAsAnotherInstance_IsNotUsed()
    {
        await using var other = await FakeServer.StartAsync();
        Directory.CreateDirectory(Path.Combine(_client.Folder, ".ptune"));
        _client.Write(".ptune/server.json", JsonSerializer.Serialize(new { url = other.Url, pid = Environment.ProcessId, dashboard = "", instance = "another" }));
        (await _client.RunAsync("run", SampleSpecs.Study(_client))).Expect(ExitCode.Done);
        Assert.Equal(["GET /v1/version"], other.Requests);
    }

    [Fact]
    public async Task Run_AnotherSpecOfTheSameName_GetsAFolderOfItsOwn()
    {
        var study = SampleSpecs.Study(_client, "sample");
        (await _client.RunAsync("run", study)).Expect(ExitCode.Done);
        var (report, edited) = (_client.Read("runs/sample/result.json"), _client.Write("edited.yaml", File.ReadAllText(study) + "\nseeds: [7]\n"));

        var outcome = (await _client.RunAsync("run", edited)).Expect(ExitCode.Done);
        Assert.Equal(["runs/sample-2/report.html", "runs/sample-2/result.json"], outcome.Lines[^2..]);
        Assert.Contains("runs/sample holds the results of another spec", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(report, _client.Read("runs/sample/result.json"));

        // Each finds its own again.
        Assert.Contains("runs/sample/result.json", (await _client.RunAsync("run", study)).Expect(ExitCode.Done).Lines);
        Assert.Contains("runs/sample-2/result.json", (await _client.RunAsync("run", edited)).Expect(ExitCode.Done).Lines);
    }

    [Fact]
    public async Task Run_FolderOfAnEarlierVersion_IsLeftAsItIs()
    {
        Directory.CreateDirectory(Path.Combine(_client.Folder, "runs", "sample"));
        _client.Write("runs/sample/result.json", "{}");
        (await _client.RunAsync("run", SampleSpecs.Study(_client, "sample"))).Expect(ExitCode.Done);
        Assert.Equal("{}", _client.Read("runs/sample/result.json"));
        Assert.NotEmpty(_client.Read("runs/sample-2/result.json"));
    }

    private static async Task StartedAsync(System.Diagnostics.Process process)
    {
        while (await process.StandardError.ReadLineAsync() is { } line && !line.EndsWith(": started", StringComparison.Ordinal)) { }
    }
}
