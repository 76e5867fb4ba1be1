using Ptune.Cli.Tests.Support;

namespace Ptune.Cli.Tests.Commands;

/// <summary>What the client decides by itself before it starts the executor's program, and what it passes on.</summary>
public sealed class TokenizeUsageTests : IDisposable
{
    private readonly Client _client = new();

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData("tokenize .", "needs either --file or --messages")]
    [InlineData("tokenize . --file a --messages b", "needs either --file or --messages")]
    [InlineData("tokenize . --file a --template t", "--template goes with --messages only")]
    [InlineData("tokenize . --file a --now 2025-03-09", "--now goes with --messages only")]
    [InlineData("tokenize . --messages a --decode", "--decode goes with --file only")]
    [InlineData("tokenize . --messages a --no-special", "--no-special goes with --file only")]
    [InlineData("tokenize . --file a -o yaml", "not yaml")]
    [InlineData("tokenize . --file a -o", "--output needs a value")]
    [InlineData("tokenize . --file a -o paper", "'paper' is not an output format")]
    [InlineData("models check . -o paper", "'paper' is not an output format")]
    [InlineData("models check . -o YAML", "ptune models check writes table or json, not yaml")]
    public async Task Tokenize_WrongUsage_IsRefusedWithWords(string line, string words)
    {
        var outcome = (await _client.RunAsync(line.Split(' '))).Expect(ExitCode.Usage);
        Assert.Contains(words, outcome.Error, StringComparison.Ordinal);
        Assert.Empty(outcome.Output);
    }

    [Fact]
    public async Task Tokenize_NoSuchFolder_ExitsAsNotFound()
    {
        var outcome = (await _client.RunAsync("tokenize", "./nowhere", "--file", "a.jsonl")).Expect(ExitCode.NotFound);
        Assert.Contains("'./nowhere' does not exist", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tokenize_ExecutorNamedWrongly_SaysWhichVariable()
    {
        _client.Variables["PTUNE_EXECUTOR"] = "/nowhere/Ptune.Executor.dll";
        var outcome = (await _client.RunAsync("tokenize", ".", "--file", "a.jsonl")).Expect(ExitCode.Usage);
        Assert.Contains("PTUNE_EXECUTOR names '/nowhere/Ptune.Executor.dll', which does not exist.", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tokenize_FolderWithoutTokenizer_PassesOnTheExecutorsWordsAndExitCode()
    {
        var outcome = (await _client.RunProgramAsync("tokenize", "./", "--file", "-")).Expect(ExitCode.Usage);
        Assert.Contains(_client.Folder, outcome.Error, StringComparison.Ordinal);
    }
}
