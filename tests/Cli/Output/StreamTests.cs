using Ptune.Cli.FakeSilo;
using Ptune.Cli.Tests.Support;

namespace Ptune.Cli.Tests.Output;

/// <summary>Readers that leave, full devices, closed streams, and surroundings that lack something.</summary>
public sealed class StreamTests : IDisposable
{
    private readonly Client _client = new();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Logs_FollowedByAReaderThatLeaves_End()
    {
        await using var server = await FakeServer.StartAsync(Scenario.Hold);
        // The log says nothing after its second line, so no write can tell that the reader has left.
        var outcome = await _client.ShellAsync($"ptune logs 0123 --follow --server {server.Url} | head -1; echo ${{PIPESTATUS[0]}}").WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        Assert.Equal(["attempt 1, followed", $"{ExitCode.ReaderLeft}"], outcome.Lines);
        Assert.Empty(outcome.Error);
    }

    [Fact]
    public async Task Watch_ReaderLeaves_Ends()
    {
        await using var server = await FakeServer.StartAsync(Scenario.Hold);
        var id = (await _client.RunAsync("submit", SampleSpecs.Study(_client), "--server", server.Url)).Expect(ExitCode.Done).Lines[0];
        var outcome = await _client.ShellAsync($"ptune watch {id} --server {server.Url} 2>&1 | head -1; echo ${{PIPESTATUS[0]}}").WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        Assert.Equal($"{ExitCode.ReaderLeft}", outcome.Lines[^1]);
    }

    [Fact]
    public async Task Plan_ReaderLeavesInTheMiddle_EndsWithoutWords()
    {
        SampleSpecs.Study(_client);
        // Closed at once: every line of the plan meets a pipe without a reader.
        var outcome = await _client.ShellAsync("ptune plan study.yaml 2>errors | exec 0<&-; echo ${PIPESTATUS[0]}");
        Assert.Equal($"{ExitCode.ReaderLeft}", outcome.Lines[^1]);
        Assert.DoesNotContain("ptune:", _client.Read("errors"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OutputDoesNotFit_SaysWhereTheResultsAre()
    {
        _client.Variables["PTUNE_SILO"] = Client.FakeSilo;
        SampleSpecs.Study(_client);
        var outcome = (await _client.ShellAsync("ptune run study.yaml >/dev/full")).Expect(ExitCode.NotWritten);
        Assert.Contains("No space left on device", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("runs/sample/result.json", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("<svg", _client.Read("runs/sample/report.html"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ptune list 2>/dev/full", ExitCode.Unreachable)]
    [InlineData("ptune list 2>&-", ExitCode.Unreachable)]
    [InlineData("ptune version >/dev/full", ExitCode.NotWritten)]
    [InlineData("ptune version <&- >&- 2>&-", ExitCode.Done)]
    [InlineData("ptune version >&-", ExitCode.Done)]
    [InlineData("ptune plan - <&-", ExitCode.Usage)]
    [InlineData("env -u HOME dotnet \"$PROGRAM\" version", ExitCode.Done)]
    [InlineData("HOME=/nonexistent ptune version", ExitCode.Done)]
    [InlineData("mkdir gone; cd gone; rmdir ../gone; ptune version", ExitCode.Done)]
    [InlineData("mkdir gone; cd gone; rmdir ../gone; ptune plan \"$SPEC\"", ExitCode.Done)]
    [InlineData("mkdir gone; cd gone; rmdir ../gone; ptune list", ExitCode.Usage)]
    [InlineData("mkdir gone; cd gone; rmdir ../gone; ptune run \"$SPEC\"", ExitCode.Usage)]
    public async Task Command_SurroundingsLackSomething_EndsWithTheRightCode(string line, int code)
    {
        _client.Variables["PROGRAM"] = Client.Program;
        _client.Variables["SPEC"] = SampleSpecs.Study(_client);
        var outcome = (await _client.ShellAsync(line).WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken)).Expect(code);
        Assert.DoesNotContain("Exception", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NoFolderForTemporaryFiles_NeedsNone()
    {
        (_client.Variables["PTUNE_SILO"], _client.Variables["TMPDIR"]) = (Client.FakeSilo, "/nonexistent");
        (await _client.RunAsync("run", SampleSpecs.Study(_client))).Expect(ExitCode.Done);
        Assert.DoesNotContain(Directory.GetFiles(Path.Combine(_client.Folder, ".ptune")), f => Path.GetFileName(f).StartsWith("announcement", StringComparison.Ordinal));
    }
}
