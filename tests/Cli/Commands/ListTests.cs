using System.Text.RegularExpressions;
using Ptune.Cli.FakeSilo;
using Ptune.Cli.Tests.Support;

namespace Ptune.Cli.Tests.Commands;

/// <summary>Listings: pages, filters, ids, and terminals of any width.</summary>
public sealed partial class ListTests : IDisposable
{
    private readonly Client _client = new();

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData("list", 123)]
    [InlineData("artifacts", 122)]
    public async Task List_LongerThanAPage_SaysSoAndGoesOn(string command, int total)
    {
        await using var server = await FakeServer.StartAsync(Scenario.Many);
        var seen = new HashSet<string>();
        string? last = null;
        for (var left = total; left > 0; left -= 50)
        {
            string[] after = last is null ? [] : ["--after", last];
            var outcome = (await _client.RunAsync([command, "--server", server.Url, .. after])).Expect(ExitCode.Done);
            foreach (var line in outcome.Lines.Skip(1)) Assert.True(seen.Add(line.Split(' ')[0]), line);
            if (left <= 50)
            {
                Assert.Empty(outcome.Error);
                break;
            }
            Assert.StartsWith($"50 of {left}. ", outcome.Error, StringComparison.Ordinal);
            last = outcome.Error.Trim().Split(' ')[^1];
        }
        Assert.Equal(total, seen.Count);
    }

    [Fact]
    public async Task List_Pool_AsksForJobsOnly()
    {
        await using var server = await FakeServer.StartAsync();
        (await _client.RunAsync("list", "--pool", "default", "--server", server.Url)).Expect(ExitCode.Done);
        Assert.All(server.Requests.Where(r => !r.Contains("/v1/waits", StringComparison.Ordinal)), r => Assert.StartsWith("GET /v1/jobs?", r, StringComparison.Ordinal));
        Assert.Contains("has no pool", (await _client.RunAsync("list", "--pool", "default", "--kind", "Sweep", "--server", server.Url)).Expect(ExitCode.Usage).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_OnATerminal_ShowsBeginningsThatTellIdsApart()
    {
        await using var server = await FakeServer.StartAsync(Scenario.Many);
        var rows = Rows(await _client.RunOnColumnsAsync(80, "list", "-n", "10", "--kind", "NoOp", "--server", server.Url));
        Assert.All(rows.Where(r => r.Contains("row-", StringComparison.Ordinal)), r => Assert.Matches("^a00000[0-9a-f]{2}[01] ", r));
        var wide = Rows(await _client.RunOnColumnsAsync(80, "list", "-n", "10", "--kind", "NoOp", "-o", "wide", "--server", server.Url));
        Assert.All(wide.Where(r => r.Contains("row-", StringComparison.Ordinal)), r => Assert.Matches("^default\\.[0-9a-f]{32} ", r));
    }

    [Theory]
    [InlineData(120)]
    [InlineData(80)]
    [InlineData(40)]
    [InlineData(10)]
    [InlineData(2)]
    public async Task Tables_OfAnyWidth_LoseNothingAndBreakNoId(int columns)
    {
        await using var server = await FakeServer.StartAsync();
        Assert.Contains(Rows(await _client.RunOnColumnsAsync(columns, "list", "--server", server.Url)), r => r.StartsWith("fedcba98 ", StringComparison.Ordinal));
        Assert.Contains(Rows(await _client.RunOnColumnsAsync(columns, "artifacts", "--server", server.Url)), r => r.StartsWith("aaaaaaaa ", StringComparison.Ordinal));
        Assert.Contains(Rows(await _client.RunOnColumnsAsync(columns, "artifacts", "vit@v1", "--server", server.Url)), r => r.Contains("sha256:" + new string('a', 64), StringComparison.Ordinal));
        Assert.Contains(Rows(await _client.RunOnColumnsAsync(columns, "workers", "--server", server.Url)), r => r.StartsWith("worker-1 ", StringComparison.Ordinal));
        Assert.Contains(Rows(await _client.RunOnColumnsAsync(columns, "get", FakeRuns.WaitingId, "--server", server.Url)), r => r.Contains(FakeRuns.WaitingId, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(40)]
    public async Task Help_OfAnyWidth_ComesToItsEnd(int columns) =>
        Assert.Contains("PTUNE_SERVER", (await _client.RunOnColumnsAsync(columns, "--help").WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken)).Expect(ExitCode.Done).Output, StringComparison.Ordinal);

    /// <summary>Without what moves the cursor or colours text.</summary>
    private static string[] Rows(Outcome outcome) => [.. outcome.Expect(ExitCode.Done).Lines.Select(l => Escapes().Replace(l, "").TrimEnd('\r'))];

    [GeneratedRegex(@"\x1b(?:\[[0-9;?]*[A-Za-z]|[=>])")]
    private static partial Regex Escapes();
}
