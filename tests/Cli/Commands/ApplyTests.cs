using System.Text.Json;
using Ptune.Cli.Tests.Support;

namespace Ptune.Cli.Tests.Commands;

/// <summary><c>ptune apply</c> on folders, by the executor's program.</summary>
public sealed class ApplyTests : IDisposable
{
    private static readonly string _fixtures = Path.GetFullPath(Path.Combine(Client.Examples, "..", "tests", "fixtures"));

    private readonly Client _client = new();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Apply_LoraOnAModel_WritesAFolderThatComputesPeftsMergedOutputs()
    {
        string target = Path.Combine(_client.Folder, "merged");
        var outcome = (await _client.RunProgramAsync("apply", Base("gpt2"), "--patch", Peft("gpt2-conv1d"), "--to", target, "-o", "json")).Expect(ExitCode.Done);
        var result = JsonDocument.Parse(outcome.Output).RootElement;
        Assert.Equal(("gpt2", 1), (result.GetProperty("family").GetString(), result.GetProperty("weightFiles").GetInt32()));
        // The folder is a model like any other; its reference is the adapter's, whose logits are those of the live sum.
        var check = (await _client.RunProgramAsync("models", "check", target, "--expect", Path.Combine(Peft("gpt2-conv1d"), "reference.safetensors"))).Expect(ExitCode.Done);
        Assert.Contains("right", check.Output, StringComparison.Ordinal);
        var again = (await _client.RunProgramAsync("apply", Base("gpt2"), "--patch", Peft("gpt2-conv1d"), "--to", target)).Expect(ExitCode.Usage);
        Assert.Contains("is not empty", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_SoftPrompt_IsRefusedAndLeavesNothing()
    {
        var outcome = (await _client.RunProgramAsync("apply", Base("llama-gqa-llama3"), "--patch", Peft("prompt-tuning"), "--to", Path.Combine(_client.Folder, "merged"))).Expect(ExitCode.Usage);
        Assert.Contains("soft prompt", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(outcome.Output);
        Assert.False(Directory.Exists(Path.Combine(_client.Folder, "merged")));
    }

    [Fact]
    public async Task Apply_FolderThatCannotBeWritten_HasItsExitCode()
    {
        var outcome = (await _client.RunProgramAsync("apply", Base("gpt2"), "--patch", Peft("gpt2-conv1d"), "--to", "/proc/self/merged")).Expect(5);
        Assert.Contains("/proc/self/merged cannot be written", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("apply ./nowhere --patch . --to new", ExitCode.NotFound, "'./nowhere' does not exist")]
    [InlineData("apply . --patch ./nowhere --to new", ExitCode.NotFound, "the adapter's files")]
    [InlineData("apply . --to new", ExitCode.Usage, "needs either --patch or --reward")]
    [InlineData("apply . --patch . --reward . --to new", ExitCode.Usage, "needs either --patch or --reward")]
    [InlineData("apply . --reward ./nowhere:2 --to new", ExitCode.NotFound, "'./nowhere' does not exist")]
    [InlineData("apply . --reward . --to new", ExitCode.Usage, "no reward of texts")]
    [InlineData("apply smol@v1 --reward ./tone --to new", ExitCode.Usage, "the reward is a folder")]
    [InlineData("apply . --patch .", ExitCode.Usage, "--to")]
    [InlineData("apply . --patch . --to new --dtype int8", ExitCode.Usage, "int8")]
    [InlineData("apply smol@v1 --patch . --to new", ExitCode.Usage, "The model 'smol@v1' is in the store, and the patch is a folder")]
    [InlineData("apply . --patch legal@v1 --to new", ExitCode.Usage, "the patch 'legal@v1' is in the store")]
    [InlineData("apply . --patch . --to new -o yaml", ExitCode.Usage, "not yaml")]
    public async Task Apply_WrongUsage_IsRefusedWithWords(string line, int code, string words)
    {
        var outcome = (await _client.RunProgramAsync(line.Split(' '))).Expect(code);
        Assert.Contains(words, outcome.Error, StringComparison.Ordinal);
    }

    private static string Base(string name) => Path.Combine(_fixtures, "hf", name);

    private static string Peft(string name) => Path.Combine(_fixtures, "peft", name);
}
