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
        var outcome = (await _client.RunProgramAsync("models", "check", Hf("gpt2"), "--expect", Reference("gpt2"), "-o", "json")).Expect(ExitCode.Done);
        var result = JsonDocument.Parse(outcome.Output).RootElement;
        Assert.Equal("gpt2", result.GetProperty("family").GetString());
        Assert.InRange(result.GetProperty("difference").GetDouble(), 0, 2e-5);
        Assert.Single(outcome.Output.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Check_OutputsOfAnotherModel_Differ()
    {
        var outcome = (await _client.RunProgramAsync("models", "check", Hf("llama-yarn"), "--expect", Reference("llama-linear"))).Expect(ExitCode.JobFailed);
        Assert.Contains("DIFFERS", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_FolderThatCannotBeComputed_IsRefusedByName()
    {
        var outcome = (await _client.RunProgramAsync("models", "check", Path.Combine(_fixtures, "pitfalls", "type-unknown", "model"))).Expect(ExitCode.Usage);
        Assert.Contains("'lama'", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("llama", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_EncoderWithoutAHead_PassesWhereTheFlagSaysSo()
    {
        var folder = Path.Combine(_client.Folder, "bare");
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.EnumerateFiles(Hf("bert-sequence-classification"))) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        var config = Path.Combine(folder, "config.json");
        File.WriteAllText(config, File.ReadAllText(config).Replace("BertForSequenceClassification", "BertModel", StringComparison.Ordinal));
        RenameTensor(Path.Combine(folder, "model.safetensors"), "classifier.weight", "classifier.we1ght");

        var refused = (await _client.RunProgramAsync("models", "check", folder)).Expect(ExitCode.Usage);
        Assert.Contains("models import --without-head", refused.Error, StringComparison.Ordinal);
        var outcome = (await _client.RunProgramAsync("models", "check", folder, "--without-head")).Expect(ExitCode.Done);

        Assert.Contains("none: it has no classification head", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("nothing to compare", (await _client.RunProgramAsync("models", "check", folder, "--without-head", "--expect", Reference("bert-sequence-classification"))).Expect(ExitCode.Usage).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_RepositoryInTheHubsCache_IsCheckedWithoutConnecting()
    {
        const string commit = "0123456789012345678901234567890123456789";
        var repository = Path.Combine(_client.Folder, "cache", "models--tiny--gpt2");
        foreach (var part in new[] { "blobs", "refs", $"snapshots/{commit}" }) Directory.CreateDirectory(Path.Combine(repository, part));
        File.WriteAllText(Path.Combine(repository, "refs", "main"), commit);
        foreach (var file in Directory.EnumerateFiles(Hf("gpt2")).Where(file => !file.EndsWith("reference.safetensors", StringComparison.Ordinal)))
        {
            // As the hub's client does: contents by their digest, names as links.
            var digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)));
            File.Copy(file, Path.Combine(repository, "blobs", digest));
            File.CreateSymbolicLink(Path.Combine(repository, "snapshots", commit, Path.GetFileName(file)), Path.Combine("..", "..", "blobs", digest));
        }
        (_client.Variables["HF_HUB_CACHE"], _client.Variables["HF_HUB_OFFLINE"], _client.Variables["TMPDIR"]) = (Path.Combine(_client.Folder, "cache"), "1", Directory.CreateDirectory(Path.Combine(_client.Folder, "temporary")).FullName);

        var outcome = (await _client.RunAsync("models", "check", "hf:tiny/gpt2", "--expect", Reference("gpt2"))).Expect(ExitCode.Done);

        Assert.Contains("right", outcome.Output, StringComparison.Ordinal);
        Assert.Contains($"tiny/gpt2@{commit}", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_client.Folder, "temporary")));
    }

    [Theory]
    [InlineData("hf:tiny/gpt2", "PTUNE_Hub__Offline forbids to connect")]
    [InlineData("hf:gpt2", "has no owner")]
    public async Task Check_RepositoryThatIsNotFetched_SaysWhy(string repository, string words)
    {
        (_client.Variables["PTUNE_Hub__Offline"], _client.Variables["HF_HUB_CACHE"]) = ("true", Path.Combine(_client.Folder, "cache"));
        Assert.Contains(words, (await _client.RunAsync("models", "check", repository)).Expect(ExitCode.Usage).Error, StringComparison.Ordinal);
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
    [InlineData("generate . --prompt a --max-tokens 0", ExitCode.Usage)]
    public async Task Command_WrongUsage_HasItsExitCode(string line, int code) => (await _client.RunAsync(line.Split(' '))).Expect(code);

    [Fact]
    public async Task Generate_OnePromptTooMany_GivesAnErrorInItsPlace()
    {
        string prompts = _client.Write("prompts.json", "[[3, 4, 5], [3, 9999], [6]]");
        var outcome = (await _client.RunProgramAsync("generate", Hf("gpt2"), "--prompt-ids", prompts, "--max-tokens", "4", "--ignore-eos", "-o", "json")).Expect(ExitCode.JobFailed);
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
        var outcome = (await _client.RunProgramAsync("generate", Hf("gpt2"), "--prompt-ids", prompts)).Expect(ExitCode.Usage);
        Assert.Contains("line 1", outcome.Error, StringComparison.Ordinal);
    }

    // Of the same length, so that the header keeps its own.
    private static void RenameTensor(string file, string name, string other)
    {
        var bytes = File.ReadAllBytes(file);
        var at = bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(name));
        System.Text.Encoding.UTF8.GetBytes(other).CopyTo(bytes, at);
        File.WriteAllBytes(file, bytes);
    }

    private static string Hf(string name) => Path.Combine(_fixtures, "hf", name);

    private static string Reference(string name) => Path.Combine(Hf(name), "reference.safetensors");
}
