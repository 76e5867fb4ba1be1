using System.Text.Json;
using Ptune.Cli.FakeSilo;
using Ptune.Cli.Tests.Support;

namespace Ptune.Cli.Tests.Commands;

/// <summary>The commands on a sweep, against a server that makes its figures up.</summary>
public sealed class SweepTests : IDisposable
{
    private readonly Client _client = new();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Run_Sweep_PrintsTheBestFirstAndWritesItsFiles()
    {
        await using var server = await FakeServer.StartAsync();
        var outcome = (await _client.RunAsync("run", SampleSpecs.Sweep(_client), "--server", server.Url)).Expect(ExitCode.Done);

        Assert.Equal("searched: accuracy in % on 6,000 validation examples, 3 trials by random", outcome.Lines[0]);
        var heads = outcome.Lines.First(l => l.Contains("TRIAL", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["TRIAL", "recipe.learningRate", "recipe.schedule", "EPOCHS", "ACCURACY", "STATUS"], heads);
        var rows = outcome.Lines.SkipWhile(l => !l.Contains("TRIAL", StringComparison.Ordinal)).Skip(1).Take(3).Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToArray();
        Assert.Equal(["3", "2", "1"], rows.Select(r => r[0]));
        Assert.Equal(["2", "65.00", "succeeded,", "best"], rows[0][3..]);
        Assert.Contains("the loss is not a number", string.Join(' ', rows[2]), StringComparison.Ordinal);
        Assert.Equal(["runs/searched/report.html", "runs/searched/sweep.json"], outcome.Lines[^2..]);

        using var result = JsonDocument.Parse(_client.Read("runs/searched/sweep.json"));
        Assert.Equal(3, result.RootElement.GetProperty("best").GetInt32());
        Assert.Equal(JsonValueKind.Number, result.RootElement.GetProperty("trials")[2].GetProperty("values").GetProperty("recipe.learningRate").ValueKind);
        Assert.Equal(2, _client.Read("runs/searched/report.html").Split("Objective in percent against").Length - 1);
    }

    [Fact]
    public async Task Commands_OnASweep_FindItByTheBeginningOfItsId()
    {
        await using var server = await FakeServer.StartAsync();
        var id = (await _client.RunAsync("submit", SampleSpecs.Sweep(_client), "--server", server.Url)).Expect(ExitCode.Done).Lines[0];
        var beginning = id["default.".Length..][..10];

        Assert.Contains("3 of 3 begun, 2 measured, 1 failed", (await _client.RunAsync("get", beginning, "--server", server.Url)).Expect(ExitCode.Done).Output, StringComparison.Ordinal);
        Assert.StartsWith($"{id} succeeded", (await _client.RunAsync("watch", beginning, "--server", server.Url)).Expect(ExitCode.Done).Output, StringComparison.Ordinal);
        Assert.Equal($"{id} cancelling", (await _client.RunAsync("cancel", beginning, "--server", server.Url)).Expect(ExitCode.Done).Output.Trim());
        Assert.Equal($"{id} running", (await _client.RunAsync("retry", beginning, "--server", server.Url)).Expect(ExitCode.Done).Output.Trim());
        Assert.Contains("Sweep", Assert.Single((await _client.RunAsync("list", "--kind", "sweep", "--server", server.Url)).Expect(ExitCode.Done).Lines, l => l.Contains(id, StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancel_OfSeveral_StopsAllOrNone()
    {
        await using var server = await FakeServer.StartAsync();
        var sweep = (await _client.RunAsync("submit", SampleSpecs.Sweep(_client), "--server", server.Url)).Expect(ExitCode.Done).Lines[0];
        const string job = "default.0123456789abcdef0123456789abcdef";

        (await _client.RunAsync("cancel", sweep, "ffff", "--server", server.Url)).Expect(ExitCode.NotFound);
        Assert.DoesNotContain(server.Requests, r => r.EndsWith("/cancel", StringComparison.Ordinal));
        Assert.Equal([$"{sweep} cancelling", $"{job} cancelling"], (await _client.RunAsync("cancel", sweep, job, "--server", server.Url)).Expect(ExitCode.Done).Lines);
    }

    [Fact]
    public async Task Plan_WithoutAServer_ListsTheTrials()
    {
        var outcome = (await _client.RunAsync("plan", SampleSpecs.Sweep(_client))).Expect(ExitCode.Done);
        Assert.Contains("tune trial 3 at 2 epochs", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("6 jobs", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("values: [cosine, constant]", outcome.Output, StringComparison.Ordinal);
    }
}
