using Ptune.Cli.Tests.Support;

namespace Ptune.Cli.Tests.Commands;

/// <summary>What the client does when there is no server.</summary>
public sealed class ServerlessTests : IDisposable
{
    private readonly Client _client = new();

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData("list")]
    [InlineData("get 0123")]
    [InlineData("watch 0123")]
    [InlineData("logs 0123")]
    [InlineData("cancel 0123")]
    [InlineData("suspend 0123")]
    [InlineData("resume 0123")]
    [InlineData("retry 0123")]
    [InlineData("workers")]
    public async Task Command_NoServerOnTheStore_SaysHowToStartOne(string line)
    {
        var outcome = (await _client.RunAsync(line.Split(' '))).Expect(ExitCode.Unreachable);
        Assert.Contains($"No server is running on {_client.Folder}/.ptune", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("ptune server", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("models")]
    [InlineData("patches")]
    [InlineData("artifacts")]
    [InlineData("artifacts get vit@v1 --to vit")]
    [InlineData("artifacts rm vit@v1")]
    [InlineData("tag vit@v1 vit@v2")]
    [InlineData("store du")]
    [InlineData("store gc")]
    public async Task CommandOnTheStore_NoStore_SaysSoAndMakesNone(string line)
    {
        var outcome = (await _client.RunAsync(line.Split(' '))).Expect(ExitCode.NotFound);
        Assert.Contains($"There is no store '{_client.Folder}/.ptune'", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_client.Folder));
    }

    [Theory]
    [InlineData("models", "GET /v1/models")]
    [InlineData("rewards", "GET /v1/rewards")]
    [InlineData("artifacts get vit@v1 --to vit", "GET /v1/artifacts/vit@v1")]
    [InlineData("artifacts rm vit@v1 --names", "DELETE /v1/artifacts/sha256:a")]
    [InlineData("tag vit@v1 vit@v2", "PUT /v1/names/vit@v2")]
    [InlineData("store du", "GET /v1/store")]
    [InlineData("store gc", "POST /v1/store/collection")]
    public async Task CommandOnTheStore_NoServer_StartsOneWithoutAWorkerAndStopsIt(string line, string request)
    {
        _client.Variables["PTUNE_SILO"] = Client.FakeSilo;
        Directory.CreateDirectory(Path.Combine(_client.Folder, ".ptune"));
        var outcome = (await _client.RunAsync(line.Split(' '))).Expect(ExitCode.Done);
        Assert.Contains($"Starting a server on {_client.Folder}/.ptune for this command", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("Stopping the server", outcome.Error, StringComparison.Ordinal);
        var seen = _client.Read(".ptune/stopped").Split('\n');
        Assert.Contains(seen, one => one.StartsWith(request, StringComparison.Ordinal));
        Assert.Equal("executors 0", seen[^1]);
    }

    [Fact]
    public async Task Command_NamedServerDoesNotAnswer_SaysWhichAndWhy()
    {
        // Port 1 of loopback refuses at once.
        var outcome = (await _client.RunAsync("list", "--server", "http://127.0.0.1:1")).Expect(ExitCode.Unreachable);
        Assert.Contains("http://127.0.0.1:1: Connection refused", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_ServerFileOfADeadProcess_CountsAsNoServer()
    {
        Directory.CreateDirectory(Path.Combine(_client.Folder, ".ptune"));
        _client.Write(".ptune/server.json", $$"""{"url":"http://127.0.0.1:1","pid":{{int.MaxValue}},"dashboard":""}""");
        var outcome = (await _client.RunAsync("list")).Expect(ExitCode.Unreachable);
        Assert.Contains("No server is running", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_NoServer_PrintsTheClientsOwn()
    {
        var outcome = (await _client.RunAsync("version")).Expect(ExitCode.Done);
        Assert.Matches(@"client +\d+\.\d+\.\d+", outcome.Output);
        Assert.Matches("server +none", outcome.Output);
    }

    [Fact]
    public async Task Submit_NoServer_StartsNone()
    {
        (await _client.RunAsync("submit", SampleSpecs.Study(_client))).Expect(ExitCode.Unreachable);
        Assert.False(Directory.Exists(Path.Combine(_client.Folder, ".ptune")));
    }

    [Fact]
    public async Task Plan_NoServer_PrintsTheWholeSpecAndItsJobs()
    {
        var outcome = (await _client.RunAsync("plan", SampleSpecs.Study(_client))).Expect(ExitCode.Done);
        Assert.Contains("  batchSize: 64\n", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("evaluateOn: test\n", outcome.Output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^default\.[0-9a-f]{32}  Pretraining +pretrain vit@v1 +- +\?", outcome.Output);
        Assert.Matches(@"(?m)^default\.[0-9a-f]{32}  Evaluation +evaluate mlp@v1 seed 3 +[0-9a-f]{12} ", outcome.Output);
        Assert.False(Directory.Exists(Path.Combine(_client.Folder, ".ptune")));
    }

    [Fact]
    public async Task Plan_LanguageModels_ShowWhatTheyNeedAndWhatIsNotKnown()
    {
        var outcome = (await _client.RunAsync("plan", LanguageSpecs.Study(_client))).Expect(ExitCode.Done);
        Assert.Matches(@"ID +KIND +NAME +DEPENDS ON +IN STORE +TIME +MEMORY +DISK", outcome.Output);
        Assert.Matches(@"(?m) Pretraining +pretrain small@v1 +- +\? +\? +\d+\.\d MB +\d+\.\d kB *$", outcome.Output);
        Assert.Matches(@"(?m) Evaluation +evaluate small@v1 bare on king-james +[0-9a-f]{12} +\? +\? +\d+\.\d MB +\? *$", outcome.Output);
        Assert.Matches(@"(?m)^time +not known\s*$", outcome.Output);
        Assert.Matches(@"(?m)^memory +at most about \d+\.\d MB for one job at a time\s*$", outcome.Output);
        Assert.Matches(@"(?m)^disk +about \d+\.\d [kM]B, without \d+ jobs for which it is not known\s*$", outcome.Output);
    }

    [Fact]
    public async Task Plan_AliasWithoutAStore_ShowsTheShapeWithoutIds()
    {
        var outcome = (await _client.RunAsync("plan", Path.Combine(Client.Examples, "scoring.yaml"))).Expect(ExitCode.Done);
        Assert.Contains("vit@v2", outcome.Error, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^\? +Scoring ", outcome.Output);
    }

    [Fact]
    public async Task Plan_OutputOfPlan_IsASpecThatPlansTheSame()
    {
        var first = (await _client.RunAsync("plan", SampleSpecs.Study(_client), "-o", "json")).Expect(ExitCode.Done);
        var whole = Output.Yaml.Read(first.Output);
        _client.Write("whole.yaml", Cli.Output.YamlText.Of(whole["spec"]));
        var second = (await _client.RunAsync("plan", "whole.yaml", "-o", "json")).Expect(ExitCode.Done);
        Assert.Equal(first.Output, second.Output);
    }

    [Fact]
    public async Task Schema_Printed_IsTheCommittedOne()
    {
        var outcome = (await _client.RunAsync("schema")).Expect(ExitCode.Done);
        var committed = await File.ReadAllTextAsync(Path.Combine(Client.Examples, "..", "docs", "spec.schema.json"), TestContext.Current.CancellationToken);
        Assert.True(committed == outcome.Output, "docs/spec.schema.json is out of date: ptune schema > docs/spec.schema.json");
    }
}
