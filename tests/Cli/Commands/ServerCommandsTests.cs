using System.Text.Json;
using Ptune.Cli.FakeSilo;
using Ptune.Cli.Tests.Support;

namespace Ptune.Cli.Tests.Commands;

/// <summary>The commands that look at a running server, against one that behaves as it is told.</summary>
public sealed class ServerCommandsTests : IAsyncLifetime
{
    private readonly Client _client = new();
    private System.Diagnostics.Process? _server;

    public async ValueTask InitializeAsync()
    {
        _client.Variables["PTUNE_SILO"] = Client.FakeSilo;
        _server = _client.Start("server", "--port", "0");
        while (await _server.StandardOutput.ReadLineAsync() is { } line && !line.Contains("http://", StringComparison.Ordinal)) { }
    }

    public async ValueTask DisposeAsync()
    {
        Signals.Send(_server!.Id, Signals.Terminate);
        await Client.EndAsync(_server);
        _server.Dispose();
        _client.Dispose();
    }

    [Fact]
    public async Task Submit_Study_PrintsTheNextCommandsWithItsId()
    {
        var outcome = (await _client.RunAsync("submit", SampleSpecs.Study(_client))).Expect(ExitCode.Done);
        var id = System.Text.RegularExpressions.Regex.Match(outcome.Output + outcome.Error, "default\\.[0-9a-f]{32}").Value;
        Assert.NotEmpty(id);
        foreach (var next in new[] { "ptune watch", "ptune get", "ptune cancel" }) Assert.Contains(next, outcome.Output + outcome.Error, StringComparison.Ordinal);
        Assert.Contains("sample", (await _client.RunAsync("get", id)).Expect(ExitCode.Done).Output, StringComparison.Ordinal);
        Assert.Contains("TransferStudy", (await _client.RunAsync("list")).Expect(ExitCode.Done).Output, StringComparison.Ordinal);
        (await _client.RunAsync("watch", id)).Expect(ExitCode.Done);
    }

    [Fact]
    public async Task Get_BeginningOfAnId_ShowsTheJob()
    {
        Assert.Contains("pretrain-vit", (await _client.RunAsync("get", "0123")).Expect(ExitCode.Done).Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse((await _client.RunAsync("get", "0123", "-o", "json")).Expect(ExitCode.Done).Output);
        Assert.Equal("default.0123456789abcdef0123456789abcdef", json.RootElement.GetProperty("jobId").GetString());
    }

    [Fact]
    public async Task Get_UnknownId_IsNotFound() =>
        Assert.Contains("ffff", (await _client.RunAsync("get", "ffff")).Expect(ExitCode.NotFound).Error, StringComparison.Ordinal);

    [Theory]
    [InlineData(new string[0], "attempt 1\n")]
    [InlineData(new[] { "--attempt", "3" }, "attempt 3\n")]
    [InlineData(new[] { "-f" }, "attempt 1, followed\n")]
    public async Task Logs_Job_PrintsThemAsTheyAre(string[] options, string first)
    {
        var outcome = (await _client.RunProgramAsync(["logs", "0123", .. options])).Expect(ExitCode.Done);
        Assert.Equal(first + "step 1 of 2\n", outcome.Output);
    }

    [Fact]
    public async Task Cancel_Job_SaysTheStateReached() =>
        Assert.Contains("cancelling", (await _client.RunAsync("cancel", "0123")).Expect(ExitCode.Done).Output.ToLowerInvariant(), StringComparison.Ordinal);

    [Fact]
    public async Task Tenants_Budget_IsShownSetAndRemoved()
    {
        var shown = (await _client.RunAsync("tenants", "get", "red")).Expect(ExitCode.Done).Output;
        foreach (var part in new[] { "500 device-hours a month", "123.46 device-hours in 2026-12", "6 device-hours; 2 jobs without an estimate reserve nothing", "370.54 device-hours" })
            Assert.Contains(part, shown, StringComparison.Ordinal);
        Assert.Matches("red +2 +no limit +100 +500 +123.46 +6 +370.54 ", (await _client.RunAsync("tenants", "list")).Expect(ExitCode.Done).Output);

        Assert.Equal((12.5, 2), await SetAsync("--budget", "12.5"));
        Assert.Equal((12.5, 3), await SetAsync("--weight", "3"));
        Assert.Equal((0, 3), await SetAsync("--budget", "0"));
        Assert.Equal((null, 3), await SetAsync("--budget", "none"));
        foreach (var wrong in new[] { "-1", "much", "1e400", "" })
            Assert.Contains("it must be a number of hours", (await _client.RunAsync("tenants", "set", "red", "--budget", wrong)).Expect(ExitCode.Usage).Error, StringComparison.Ordinal);

        async Task<(double? Budget, double Weight)> SetAsync(params string[] options)
        {
            using var json = JsonDocument.Parse((await _client.RunAsync(["tenants", "set", "red", "-o", "json", .. options])).Expect(ExitCode.Done).Output);
            var settings = json.RootElement.GetProperty("settings");
            return (settings.TryGetProperty("budget", out var hours) && hours.ValueKind == JsonValueKind.Number ? hours.GetDouble() : null, settings.GetProperty("weight").GetDouble());
        }
    }

    [Fact]
    public async Task Audit_ListVerifyAndExport_ShowRowsAndNameTheBrokenOne()
    {
        // The server gives two pages, the first of them empty.
        var list = (await _client.RunAsync("audit", "list", "--since", "1d", "--who", "alice", "--what", "cancel")).Expect(ExitCode.Done);
        Assert.Matches("default +alice +192.0.2.1 +job.cancel +default.0123", list.Output);
        using var json = JsonDocument.Parse((await _client.RunAsync("audit", "list", "-o", "json", "-n", "1")).Expect(ExitCode.Done).Output);
        Assert.Equal("job.cancel", json.RootElement[0].GetProperty("what").GetString());

        var verified = (await _client.RunAsync("audit", "verify")).Expect(ExitCode.AuditBroken);
        Assert.Contains("the audit trail of default is broken at row 7: row 7 is missing", verified.Error, StringComparison.Ordinal);
        (await _client.RunAsync("audit", "verify", "--chain", "system")).Expect(ExitCode.Done);
        Assert.Equal(FakeAudit.Exported, (await _client.RunAsync("audit", "export")).Expect(ExitCode.Done).Output);
    }

    [Fact]
    public async Task Top_Once_ShowsPoolsAndWorkers()
    {
        var outcome = (await _client.RunAsync("top")).Expect(ExitCode.Done);
        Assert.Matches("(?m)^default +3 +1 ", outcome.Output);
        Assert.Matches("(?m)^worker-1 +default +cpu +1 +2 ", outcome.Output);
        using var json = JsonDocument.Parse((await _client.RunAsync("top", "-o", "json")).Expect(ExitCode.Done).Output);
        Assert.Equal("default", json.RootElement.GetProperty("pools")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Plan_Study_CountsWhatIsInTheStore() =>
        Assert.Contains("in the store", (await _client.RunAsync("plan", SampleSpecs.Study(_client))).Expect(ExitCode.Done).Output, StringComparison.Ordinal);
}
