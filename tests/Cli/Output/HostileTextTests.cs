using Ptune.Cli.FakeSilo;
using Ptune.Cli.Tests.Support;

namespace Ptune.Cli.Tests.Output;

/// <summary>Text that others chose reaches the terminal as text.</summary>
public sealed class HostileTextTests : IDisposable
{
    private readonly Client _client = new();

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData("list", ExitCode.Done)]
    [InlineData("list -o wide", ExitCode.Done)]
    [InlineData("list -o yaml", ExitCode.Done)]
    [InlineData("get 0123", ExitCode.Done)]
    [InlineData("get 0123 -o json", ExitCode.Done)]
    [InlineData("workers", ExitCode.Done)]
    [InlineData("watch 0123", ExitCode.Done)]
    [InlineData("get NAME", ExitCode.NotFound)]
    [InlineData("artifacts NAME", ExitCode.NotFound)]
    [InlineData("plan NAME", ExitCode.Usage)]
    [InlineData("NAME", ExitCode.Usage)]
    [InlineData("list --kind NAME", ExitCode.Usage)]
    [InlineData("list --server NAME", ExitCode.Usage)]
    [InlineData("list --store NAME", ExitCode.Unreachable)]
    public async Task Command_NamesThatActOnATerminal_ShowsThemAsText(string line, int code)
    {
        await using var server = await FakeServer.StartAsync(Scenario.Hostile);
        string[] arguments = [.. line.Split(' ').Select(w => w == "NAME" ? FakeRuns.Hostile : w)];
        string[] target = line.Contains("--server", StringComparison.Ordinal) || line.Contains("--store", StringComparison.Ordinal) ? [] : ["--server", server.Url];
        var outcome = (await _client.RunAsync([.. arguments, .. target])).Expect(code);
        var shown = outcome.Output + outcome.Error;
        Assert.DoesNotContain(shown, c => c is '\u001b' or '\r' or '\u009b' or '\u202E');
        Assert.DoesNotMatch("(?m)^two", shown);
        Assert.Contains("red", shown, StringComparison.Ordinal);
    }
}
