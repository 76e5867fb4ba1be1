using System.Text.Json;
using Ptune.Cli.FakeSilo;
using Ptune.Cli.Tests.Support;

namespace Ptune.Cli.Tests.Commands;

/// <summary>The store's and the names' commands, against a server that behaves as it is told.</summary>
public sealed class StoreCommandTests : IAsyncLifetime
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

    [Fact]
    public async Task Du_Store_ShowsKindsAndTheLargest()
    {
        var output = (await _client.RunAsync("store", "du")).Expect(ExitCode.Done).Output;
        foreach (var part in new[] { "model", "540.0 MB", "uploads", "store in all", "smol@v1" }) Assert.Contains(part, output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse((await _client.RunAsync("store", "du", "-o", "json")).Expect(ExitCode.Done).Output);
        Assert.Equal(540_001_000, json.RootElement.GetProperty("bytes").GetInt64());
    }

    [Fact]
    public async Task Gc_DryRun_SaysWouldFree()
    {
        Assert.Contains("would free 1.0 kB", (await _client.RunAsync("store", "gc", "--dry-run")).Expect(ExitCode.Done).Output, StringComparison.Ordinal);
        Assert.Contains("freed 1.0 kB", (await _client.RunAsync("store", "gc", "--checkpoints")).Expect(ExitCode.Done).Output, StringComparison.Ordinal);
        Assert.Contains("POST /v1/store/collection?checkpoints=true", _server!.Requests);
    }

    [Fact]
    public async Task Rm_ArtifactInUse_SaysByWhatAndRemovesItWithItsNames()
    {
        var refused = (await _client.RunAsync("artifacts", "rm", "vit@v1")).Expect(ExitCode.Usage);
        Assert.Contains("the name vit@v1 stands for it", refused.Error, StringComparison.Ordinal);
        var removed = (await _client.RunAsync("artifacts", "rm", "vit@v1", "--names")).Expect(ExitCode.Done);
        Assert.Contains("and the name vit@v1, freed 16 B", removed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rm_OnATerminal_AsksAndEnterIsNo()
    {
        var outcome = await _client.AnswerOnTerminalAsync("[y/N] ", "", "artifacts", "rm", "vit@v1", "--names");
        Assert.Contains("Nothing was removed", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(_server!.Requests, request => request.StartsWith("DELETE", StringComparison.Ordinal));
        await _client.AnswerOnTerminalAsync("[y/N] ", "y", "artifacts", "rm", "vit@v1", "--names");
        Assert.Contains(_server.Requests, request => request.StartsWith("DELETE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tag_Name_SaysWhatItStandsFor()
    {
        Assert.Contains("legal@v2 stands for sha256:", (await _client.RunAsync("tag", "vit@v1", "legal@v2")).Expect(ExitCode.Done).Output, StringComparison.Ordinal);
        Assert.Contains("--move", (await _client.RunAsync("tag", "vit@v1", "taken@v1")).Expect(ExitCode.Usage).Error, StringComparison.Ordinal);
        (await _client.RunAsync("tag", "vit@v1", "taken@v1", "--move")).Expect(ExitCode.Done);
        Assert.Contains("is removed", (await _client.RunAsync("tag", "--remove", "legal@v1")).Expect(ExitCode.Done).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tag_History_ShowsTheNewestFirst()
    {
        var output = (await _client.RunAsync("tag", "--history", "legal@v1")).Expect(ExitCode.Done).Output;
        Assert.True(output.IndexOf("sha256:aaaa", StringComparison.Ordinal) < output.IndexOf("sha256:bbbb", StringComparison.Ordinal));
        Assert.Contains("ann", output, StringComparison.Ordinal);
        (await _client.RunAsync("tag", "--history", "nobody@v1")).Expect(ExitCode.NotFound);
    }

    [Theory]
    [InlineData("tag", "vit@v1")]
    [InlineData("tag", "--history", "vit@v1", "legal@v1")]
    [InlineData("tag", "--history", "--remove", "legal@v1")]
    [InlineData("tag", "--remove", "--move", "legal@v1")]
    public async Task Tag_WordsThatDoNotGoTogether_AreRefused(params string[] arguments)
    {
        (await _client.RunAsync(arguments)).Expect(ExitCode.Usage);
        Assert.Empty(_server!.Requests);
    }

    [Fact]
    public async Task Patches_Named_ShowFamilyParametersAndBase()
    {
        var output = (await _client.RunAsync("patches")).Expect(ExitCode.Done).Output;
        foreach (var part in new[] { "smol@v1", "llama", "134,515,008", "aaaaaaaaaaaa" }) Assert.Contains(part, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("models", "vit@v1")]
    [InlineData("patches", "smol@v1")]
    [InlineData("rewards", "smol@v1")]
    public async Task Named_WithOneThatAnotherTenantShares_HaveAColumnOfOwners(string command, string own)
    {
        var outcome = (await _client.RunAsync(command)).Expect(ExitCode.Done);
        Assert.EndsWith("OWNER", outcome.Lines[0].TrimEnd(), StringComparison.Ordinal);
        string[][] rows = [.. outcome.Lines.Skip(1).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        Assert.Equal([("blue/tone@v1", "blue"), (own, "-")], rows.Select(row => (row[0], row[^1])));
        Assert.Contains("ptune tag DIGEST NAME@VERSION", outcome.Error, StringComparison.Ordinal);

        var alone = (await _client.RunAsync(command, "--after", "blue/tone@v1")).Expect(ExitCode.Done);
        Assert.StartsWith(own, alone.Lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain("OWNER", alone.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("ptune tag", alone.Error, StringComparison.Ordinal);
    }
}
