using System.Security.Cryptography;
using System.Text.Json;
using Ptune.Fixtures;
using Ptune.Fixtures.Processes;

namespace Ptune.EndToEnd.Tests;

/// <summary>What the owner of a checkpoint does: import it, ask it, tune it on their texts, take the patch along.</summary>
public sealed class LanguageModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Checkpoint_ImportedTunedAndExported_WritesTheSameFromStoreAndFolder()
    {
        var model = Model();
        await DoneAsync("models", "import", "tiny@v1", "--from", model);

        await using var server = await Embedded.StartAsync(_folder.PathOf("store"));
        string[] bare = [.. await IdsAsync("tiny@v1")];
        Assert.Equal(await IdsAsync(model), bare);

        // The same folder again is the same artifact; another one is not taken for it.
        Assert.Contains("It was imported before", await DoneAsync("models", "import", "tiny@v1", "--from", model), StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(model, "README.md"), "---\nlicense: mit\n---\n");
        Assert.Contains("tiny@v1 stands for sha256:", await EndAsync(2, "models", "import", "tiny@v1", "--from", model), StringComparison.Ordinal);

        Assert.Contains("Published as loud@v1", await DoneAsync("run", Spec(), "-y", "--publish", "loud@v1", "--upload"), StringComparison.Ordinal);
        Assert.Contains("loud@v1", await DoneAsync("patches"), StringComparison.Ordinal);
        string[] tuned = [.. await IdsAsync("tiny@v1", "--patch", "loud@v1")];
        Assert.NotEqual(bare, tuned);

        Assert.Contains("A PEFT folder (LORA)", await DoneAsync("artifacts", "get", "loud@v1", "--to", "loud"), StringComparison.Ordinal);
        Assert.Equal(tuned, await IdsAsync(model, "--patch", "./loud"));
        await DoneAsync("patches", "import", "loud@v2", "--from", "./loud", "--base", "tiny@v1");
        Assert.Equal(tuned, await IdsAsync("tiny@v1", "--patch", "loud@v2"));

        await DoneAsync("apply", "tiny@v1", "--patch", "loud@v1", "--to", "merged");
        Assert.Equal(tuned, await IdsAsync("./merged"));
        Assert.DoesNotContain(Directory.EnumerateDirectories(_folder.Location), path => Path.GetFileName(path).StartsWith('.'));

        Assert.Contains("\"ids\"", await DoneAsync("tokenize", "tiny@v1", "--file", _folder.PathOf("texts.jsonl"), "-o", "json"), StringComparison.Ordinal);
    }

    private string Model()
    {
        var folder = _folder.Subfolder("model");
        foreach (var part in new[] { "model", "tokenizer" })
            foreach (var file in Directory.EnumerateFiles(Repository.PathOf("tests", "fixtures", "data", part))) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        return folder;
    }

    private string Spec()
    {
        var texts = _folder.PathOf("texts.jsonl");
        File.WriteAllLines(texts, Enumerable.Range(0, 40).Select(number => $$"""{"text": "HELLO THERE NUMBER {{number}}, WE SPEAK LOUDLY HERE"}"""));
        var spec = _folder.PathOf("loud.yaml");
        File.WriteAllText(spec, $$"""
            apiVersion: ptune/v1
            kind: FineTuning
            name: loud
            base: tiny@v1
            method: { kind: lora, rank: 4 }
            data:
              dataset:
                kind: text
                name: loud
                location: {{_folder.Location}}
                files: [{ path: texts.jsonl, sha256: {{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(texts)))}} }]
              split: tuning
              maxTokens: 64
            recipe: { steps: 20, batchTokens: 512, learningRate: 0.02 }
            """);
        return spec;
    }

    /// <summary>The ids that a model answers with, as text.</summary>
    private async Task<IEnumerable<string>> IdsAsync(string model, params string[] options)
    {
        var output = await DoneAsync(["generate", model, "--prompt", "hello there", "--prompt", "we", "--max-tokens", "16", "--temperature", "0", "--ignore-eos", "-o", "json", .. options]);
        string[] lines = [.. output.Split('\n').Where(line => line.StartsWith('{'))];
        Assert.Equal(2, lines.Length);
        return lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("ids").GetRawText());
    }

    private Task<string> DoneAsync(params string[] arguments) => EndAsync(0, arguments);

    private async Task<string> EndAsync(int exitCode, params string[] arguments)
    {
        await using var client = Program.Start("Cli", "ptune.dll", arguments, new Dictionary<string, string> { ["PTUNE_STORE"] = _folder.PathOf("store") }, _folder.Location);
        Assert.True(await client.ExitAsync() == exitCode, $"ptune {string.Join(' ', arguments)} ended with {client.ExitCode}:\n{client.Output}");
        return client.Output;
    }
}
