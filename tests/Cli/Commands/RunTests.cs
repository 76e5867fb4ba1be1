using System.Text.Json;
using Ptune.Cli.Tests.Support;

namespace Ptune.Cli.Tests.Commands;

/// <summary><c>ptune run</c> against a server that behaves as it is told.</summary>
public sealed class RunTests : IDisposable
{
    private readonly Client _client = new();

    public RunTests() => _client.Variables["PTUNE_SILO"] = Client.FakeSilo;

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Run_Study_PrintsTheComparisonAndItsFilesLast()
    {
        var outcome = (await _client.RunAsync("run", SampleSpecs.Study(_client))).Expect(ExitCode.Done);
        Assert.Contains("PORTED (PRT)", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(["runs/sample/report.html", "runs/sample/result.json"], outcome.Lines[^2..]);
        Assert.Contains("<svg", _client.Read("runs/sample/report.html"), StringComparison.Ordinal);
        using var result = JsonDocument.Parse(_client.Read("runs/sample/result.json"));
        Assert.Equal("vit@v1", result.RootElement.GetProperty("source").GetProperty("model").GetString());
        Assert.True(File.Exists(Path.Combine(_client.Folder, ".ptune", "stopped")), "the run's own server was not stopped");
    }

    [Fact]
    public async Task Run_OnATerminal_DrawsBarsAndThenTheComparison()
    {
        var outcome = (await _client.RunOnTerminalAsync("run", "-y", SampleSpecs.Study(_client))).Expect(ExitCode.Done);
        Assert.Contains("\u001b[", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("jobs", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("runs/sample/result.json", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OnATerminal_AsksBeforeItComputes()
    {
        var study = SampleSpecs.Study(_client);
        Assert.Contains("Nothing was started", (await _client.AnswerOnTerminalAsync("Compute? [Y/n] ", "n", "run", study)).Expect(ExitCode.Interrupted).Output, StringComparison.Ordinal);
        Assert.Contains("runs/sample/result.json", (await _client.AnswerOnTerminalAsync("Compute? [Y/n] ", "", "run", study)).Expect(ExitCode.Done).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_JobOnATerminal_DrawsItsBar() =>
        Assert.Contains("runs/pretrain-vit/result.json", (await _client.RunOnTerminalAsync("run", "-y", SampleSpecs.Job(_client))).Expect(ExitCode.Done).Output, StringComparison.Ordinal);

    [Fact]
    public async Task Run_OnATerminalWithoutColours_SendsNone()
    {
        _client.Variables["NO_COLOR"] = "1";
        var outcome = (await _client.RunOnTerminalAsync("run", "-y", SampleSpecs.Study(_client))).Expect(ExitCode.Done);
        Assert.DoesNotMatch("\u001b\\[[0-9;]*3[0-9]m", outcome.Output);
    }

    [Fact]
    public async Task Run_AsJson_WritesNothingElseToStdout()
    {
        var outcome = (await _client.RunAsync("run", SampleSpecs.Study(_client), "-o", "json")).Expect(ExitCode.Done);
        using var result = JsonDocument.Parse(outcome.Output);
        Assert.Equal(2, result.RootElement.GetProperty("targets").GetArrayLength());
    }

    [Fact]
    public async Task Run_JobThatFails_SaysWhichAndWhy()
    {
        _client.Variables["FAKE_SCENARIO"] = "Fail";
        var outcome = (await _client.RunAsync("run", SampleSpecs.Study(_client))).Expect(ExitCode.JobFailed);
        Assert.Contains("the loss is not a number", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(outcome.Output);
    }

    [Fact]
    public async Task Run_RefusedByTheServer_NamesFileAndLine()
    {
        _client.Variables["FAKE_SCENARIO"] = "Refuse";
        var outcome = (await _client.RunAsync("run", SampleSpecs.Study(_client))).Expect(ExitCode.Usage);
        Assert.Matches(@"study\.yaml:4:\d+: dataset\.location: There is no such folder on the server", outcome.Error);
    }

    [Fact]
    public async Task Run_EventsBreakOff_GoesOn()
    {
        _client.Variables["FAKE_SCENARIO"] = "BreakOff";
        (await _client.RunAsync("run", SampleSpecs.Study(_client))).Expect(ExitCode.Done);
    }

    [Fact]
    public async Task Run_ServerDies_SaysSoAndThatTheStoreStands()
    {
        _client.Variables["FAKE_SCENARIO"] = "Hold";
        _client.Variables["FAKE_CRASH"] = "1";
        var outcome = (await _client.RunAsync("run", SampleSpecs.Study(_client))).Expect(ExitCode.Unreachable);
        Assert.Contains("The server stopped during the run (exit code 7)", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ServerRefusesToStart_ShowsItsWords()
    {
        _client.Variables["FAKE_REFUSAL"] = "The store is in use by process 4711.";
        var outcome = await _client.RunAsync("run", SampleSpecs.Study(_client));
        Assert.NotEqual(ExitCode.Done, outcome.ExitCode);
        Assert.Contains("process 4711", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Interrupted_AsksForAStopAndSaysHowToGoOn()
    {
        _client.Variables["FAKE_SCENARIO"] = "Hold";
        using var process = _client.Start("run", SampleSpecs.Study(_client));
        while (await process.StandardError.ReadLineAsync() is { } line && !line.EndsWith(": started", StringComparison.Ordinal)) { }
        Signals.Send(process.Id, Signals.Interrupt);
        var outcome = (await Client.EndAsync(process)).Expect(ExitCode.Interrupted);
        Assert.Contains("The same command continues from there", outcome.Error, StringComparison.Ordinal);
    }
}
