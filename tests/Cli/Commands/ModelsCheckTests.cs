using System.Text.Json;
using Ptune.Cli.Tests.Support;

namespace Ptune.Cli.Tests.Commands;

/// <summary>What a model's folder is, by the executor's program, and the exit codes that scripts rely on.</summary>
public sealed class ModelsCheckTests : IDisposable
{
    private static readonly string _fixtures = Path.GetFullPath(Path.Combine(Client.Examples, "..", "tests", "fixtures"));

    private readonly Client _client = new();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Check_TransformersOutputs_AreRight()
    {
        var outcome = (await _client.RunAsync("models", "check", Hf("gpt2"), "--expect", Reference("gpt2"), "-o", "json")).Expect(ExitCode.Done);
        var result = JsonDocument.Parse(outcome.Output).RootElement;
        Assert.Equal("gpt2", result.GetProperty("family").GetString());
        Assert.InRange(result.GetProperty("difference").GetDouble(), 0, 2e-5);
        Assert.Single(outcome.Output.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Check_OutputsOfAnotherModel_Differ()
    {
        var outcome = (await _client.RunAsync("models", "check", Hf("llama-yarn"), "--expect", Reference("llama-linear"))).Expect(ExitCode.JobFailed);
        Assert.Contains("DIFFERS", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_FolderThatCannotBeComputed_IsRefusedByName()
    {
        var outcome = (await _client.RunAsync("models", "check", Path.Combine(_fixtures, "pitfalls", "type-unknown", "model"))).Expect(ExitCode.Usage);
        Assert.Contains("'lama'", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("llama", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("models check ./nowhere", ExitCode.NotFound)]
    [InlineData("models check . --expect nothing.safetensors", ExitCode.NotFound)]
    [InlineData("models check . --adapter nowhere", ExitCode.NotFound)]
    [InlineData("models check . --dtype float16", ExitCode.Usage)]
    [InlineData("models check . -o yaml", ExitCode.Usage)]
    [InlineData("generate . --prompt-ids nothing.json", ExitCode.NotFound)]
    [InlineData("generate smol@v1 --prompt-ids -", ExitCode.Usage)]
    [InlineData("generate .", ExitCode.Usage)]
    public async Task Command_WrongUsage_HasItsExitCode(string line, int code) => (await _client.RunAsync(line.Split(' '))).Expect(code);

    [Fact]
    public async Task Generate_OnePromptTooMany_GivesAnErrorInItsPlace()
    {
        string prompts = _client.Write("prompts.json", "[[3, 4, 5], [3, 9999], [6]]");
        var outcome = (await _client.RunAsync("generate", Hf("gpt2"), "--prompt-ids", prompts, "--max-tokens", "4", "--ignore-eos", "-o", "json")).Expect(ExitCode.JobFailed);
        var lines = outcome.Output.TrimEnd().Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(3, lines.Count);
        Assert.Equal([4, 4], new[] { lines[0], lines[2] }.Select(line => line.GetProperty("ids").GetArrayLength()));
        Assert.Equal(JsonValueKind.Null, lines[0].GetProperty("text").ValueKind);
        Assert.Equal("length", lines[0].GetProperty("finish").GetString());
        Assert.Contains("9999", lines[1].GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generate_FileThatIsNoListOfLists_IsRefused()
    {
        string prompts = _client.Write("prompts.json", "[[3, \"four\"]]");
        var outcome = (await _client.RunAsync("generate", Hf("gpt2"), "--prompt-ids", prompts)).Expect(ExitCode.Usage);
        Assert.Contains("line 1", outcome.Error, StringComparison.Ordinal);
    }

    private static string Hf(string name) => Path.Combine(_fixtures, "hf", name);

    private static string Reference(string name) => Path.Combine(Hf(name), "reference.safetensors");
}
