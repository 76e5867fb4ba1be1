using System.Security.Cryptography;
using System.Text.Json;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;
using Ptune.Fixtures;
using Ptune.Fixtures.Processes;

namespace Ptune.EndToEnd.Tests;

/// <summary>A method, a task, an architecture, a format of files and one of records that the product does not have, from spec to report; tests/Extension has them, a file and a line each.</summary>
public sealed class ExtensionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_StudyOfWhatTestsAdd_HasItsRowsAndReport()
    {
        await using var client = Program.Start(
            "Cli",
            "ptune.dll",
            ["run", Spec()],
            new Dictionary<string, string> { ["PTUNE_STORE"] = _folder.PathOf("store"), ["DOTNET_STARTUP_HOOKS"] = Build.This.PathOf("Fixtures.Extension.Worker", "Ptune.Fixtures.Extension.dll") },
            _folder.Location);
        Assert.True(await client.ExitAsync() == 0, client.Output);

        var text = await File.ReadAllTextAsync(_folder.PathOf("runs", "extended", "result.json"));
        var rows = JsonSerializer.Deserialize<StudyResult>(text, SpecJson.Options)!.Cells!.ToDictionary(row => $"{row.Method} {row.Task}");
        // All of the way is where tuning ends, and nothing of it where it begins.
        Assert.Equal(rows["full words"].Mean, rows["interpolated words"].Mean, 1e-4);
        Assert.Equal(rows["bare words"].Mean, rows["begin words"].Mean, 1e-4);
        Assert.True(rows["interpolated words"].Mean < rows["bare words"].Mean - 0.5, text);
        // Texts of both parts: the bare model knows the first, and the tuned one the second.
        Assert.InRange(rows["bare both"].Mean, 0, rows["bare words"].Mean - 0.5);
        // Some 12 of 120 texts are asked, of which the tuned model knows more than the bare one.
        var (bare, known) = (rows["bare known"], rows["interpolated known"]);
        Assert.Equal("known", known.Metric);
        Assert.True(known.Mean > bare.Mean, text);
        var paired = Assert.Single(known.Paired!);
        Assert.Equal(known.Mean - bare.Mean, (paired.Gained!.Value - paired.NegativeFlips!.Value) / (double)known.N!.Value, 1e-9);
        var report = await File.ReadAllTextAsync(_folder.PathOf("runs", "extended", "report.html"));
        Assert.Contains("interpolated", report, StringComparison.Ordinal);
        Assert.Contains("ungated@v1", report, StringComparison.Ordinal);
    }

    private string Spec()
    {
        var (words, tokenizer) = (_folder.PathOf("words.tsv"), _folder.PathOf("tokenizer.json"));
        var random = new Random(7);
        string[] others = ["one", "two", "three", "four", "five", "six", "seven"], letters = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta"];
        string Some(string[] from) => string.Join(' ', Enumerable.Range(0, 12).Select(_ => from[random.Next(from.Length)]));
        File.WriteAllLines(words, ["number\tword", .. Enumerable.Range(0, 120).Select(_ => $"{Some(others)}\t{Some(letters)}")]);
        File.Copy(Repository.PathOf("tests", "fixtures", "tokenizers", "gpt2-bpe", "tokenizer.json"), tokenizer);
        var files = $"location: ., files: [ {{ path: words.tsv, sha256: {Sha256(words)} }} ]";
        var spec = _folder.PathOf("study.yaml");
        File.WriteAllText(spec, $$"""
            apiVersion: ptune/v1
            kind: TransferStudy
            name: extended
            datasets:
              numbers: { kind: text, name: numbers, {{files}}, fields: { text: number } }
              words: { kind: text, name: words, {{files}}, fields: { text: word } }
              both: { kind: text, name: both, {{files}}, format: joined, fields: { first: number, second: word } }
            maxTokens: 64
            models:
              ungated@v1:
                architecture: { kind: ungated, layers: 1, width: 32, heads: 2, context: 64 }
                tokenizer: { location: ., file: { path: tokenizer.json, sha256: {{Sha256(tokenizer)}} }, vocabulary: 300 }
                pretraining: { data: numbers, recipe: { steps: 20, batchTokens: 512, learningRate: 0.01, warmup: 0.1 } }
            sources: [ungated@v1]
            tuning: { data: words, recipe: { steps: 40, batchTokens: 512, learningRate: 0.01, warmup: 0.1 } }
            methods:
              - bare
              - full
              - { kind: interpolated, share: 1 }
              - { kind: interpolated, name: begin, share: 0 }
            tasks:
              - { kind: bitsPerByte, data: words }
              - { kind: knownTexts, name: known, data: words, bits: 3 }
              - { kind: bitsPerByte, data: both }
            seeds: [1]
            """);
        return spec;
    }

    private static string Sha256(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
}
