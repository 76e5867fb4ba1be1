using Ptune.Cli.Tests.Support;

namespace Ptune.Cli.Tests.CommandLine;

public sealed class UsageTests : IDisposable
{
    private readonly Client _client = new();

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData("sumbit study.yaml", "no command 'sumbit'", "Did you mean 'submit'?")]
    [InlineData("list --satus running", "no option '--satus'", "Did you mean '--status'?")]
    [InlineData("run study.yaml --sever http://127.0.0.1:1", "no option '--sever'", "Did you mean '--server'?")]
    [InlineData("submit --fresch study.yaml", "no option '--fresch'", "Did you mean '--fresh'?")]
    [InlineData("run --executers 2 study.yaml", "no option '--executers'", "Did you mean '--executors'?")]
    [InlineData("artifacts get vit@v1 --too x", "no option '--too'", "Did you mean '--to'?")]
    [InlineData("list --kind RewardTunning", "'RewardTunning' is not a value of --kind", "Did you mean 'RewardTuning'?")]
    [InlineData("list -o jsn", "'jsn' is not an output format", "table, wide, json or yaml")]
    [InlineData("keys create --role admn", "'admn' is not a value of --role: write viewer, submitter, operator or admin.", "Did you mean 'admin'?")]
    [InlineData("server --auth maybe", "'maybe' is not a value of --auth: write required or none.", "ptune server --help")]
    [InlineData("get", "ptune get needs ID", "ptune get --help")]
    [InlineData("server --port many", "--port is 'many'", "whole number")]
    [InlineData("run x.yaml --threads 0", "--threads is 0", "at least 1")]
    [InlineData("generate ./m --prompt a --max-tokens many", "--max-tokens is 'many'", "must be a whole number")]
    [InlineData("carry a@v1 --to b@v1 --data c --weight much", "--weight is 'much'", "must be a number")]
    [InlineData("carry a@v1 --to b@v1 --data c --max-tokens many", "--max-tokens is 'many'", "must be a whole number")]
    [InlineData("tenants set red --weight NaN", "--weight is 'NaN'", "must be a finite number")]
    [InlineData("generate ./m --prompt a --top-p 1e400", "--top-p is '1e400'", "must be a finite number")]
    [InlineData("tenants set red --max-running 99999999999", "--max-running is '99999999999'", "must be a whole number from -2,147,483,648 to 2,147,483,647")]
    [InlineData("generate ./m --prompt a --temperature hot", "--temperature is 'hot'", "must be a number")]
    [InlineData("models check . --dtype f16", "'f16' is not a value of --dtype", "write float32 or bfloat16.")]
    [InlineData("list more", "no argument 'more'", "ptune list --help")]
    [InlineData("", "ptune needs a command", "run, submit, plan")]
    [InlineData("list --server nowhere", "'nowhere' is not the address", "http://HOST:PORT")]
    public async Task Invoke_WrongWords_NamesThemAndWhatIsRight(string line, string problem, string fix)
    {
        var outcome = (await _client.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).Expect(ExitCode.Usage);
        Assert.Contains(problem, outcome.Error, StringComparison.Ordinal);
        Assert.Contains(fix, outcome.Error, StringComparison.Ordinal);
        Assert.Empty(outcome.Output);
    }

    [Fact]
    public async Task Invoke_MisspeltSpecFile_NamesTheNearest()
    {
        SampleSpecs.Study(_client);
        var outcome = (await _client.RunAsync("run", "studdy.yaml")).Expect(ExitCode.Usage);
        Assert.Contains("Did you mean 'study.yaml'?", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_Root_NamesCommandsExitCodesAndVariables()
    {
        var outcome = (await _client.RunAsync("--help")).Expect(ExitCode.Done);
        string[] commands = ["run", "submit", "plan", "schema", "get", "list", "watch", "logs", "cancel", "suspend", "resume", "retry", "models", "artifacts", "workers", "server", "version"];
        foreach (var command in commands) Assert.Matches($"(?m)^  {command} ", outcome.Output);
        foreach (var (code, _, meaning) in ExitCode.Meanings) Assert.Matches($"(?m)^  {code} +{meaning}", outcome.Output);
        Assert.Contains("PTUNE_SERVER", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_EveryCommand_HasADescriptionAndExamples()
    {
        var root = Cli.CommandLine.CommandTree.Create(new Session());
        foreach (var command in root.Subcommands)
        {
            Assert.NotEmpty(command.Description!);
            Assert.All(Cli.CommandLine.Help.ExamplesOf(command), e => Assert.Matches($"^(#|ptune {command.Name}\\b)", e));
            Assert.NotEmpty(Cli.CommandLine.Help.ExamplesOf(command));
        }
    }

    /// <summary>A description says its option's default, and the library would say it again.</summary>
    [Fact]
    public async Task Help_OptionWithADefault_SaysItOnce()
    {
        var outcome = (await _client.RunAsync("top", "--help")).Expect(ExitCode.Done);
        Assert.Contains("Seconds between two looks. Default: 2.", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("[default:", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("Default: runs.", (await _client.RunAsync("run", "--help")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_Subcommand_ShowsExamples()
    {
        var outcome = (await _client.RunAsync("run", "--help")).Expect(ExitCode.Done);
        Assert.Contains("ptune run examples/fashion-transfer.yaml", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("130 interrupted", outcome.Output, StringComparison.Ordinal);
    }
}
