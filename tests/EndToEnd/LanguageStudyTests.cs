using System.Security.Cryptography;
using System.Text.Json;
using Ptune.Contracts.Carrying;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;
using Ptune.Fixtures;
using Ptune.Fixtures.Processes;

namespace Ptune.EndToEnd.Tests;

/// <summary>A study of language models that learn in seconds, from the client to its report; nothing is made up.</summary>
public sealed class LanguageStudyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_Twice_TunesCarriesAndWritesOnce()
    {
        var spec = Spec();

        var first = await RunAsync(spec);
        var second = await RunAsync(spec);

        var rows = first.Cells!.ToDictionary(row => $"{row.Method} {row.Target} {row.Task}");
        double Bits(string key) => rows[key].Mean;
        // What was tuned knows the words that it was tuned on, and carried it knows them on the update of its model.
        Assert.True(Bits("lora small@v1 letters") < Bits("bare small@v1 letters"), Text(first));
        Assert.True(Bits("patched small@v2 letters") < Bits("bare small@v2 letters"), Text(first));
        Assert.True(Bits("retrained small@v2 letters") < Bits("bare small@v2 letters"), Text(first));
        // A reward and what full tuning changed are carried without training, across the architecture too.
        foreach (var method in new[] { "ported", "eft" })
        {
            Assert.True(Bits($"{method} small@v2 letters") < Bits("bare small@v2 letters"), $"{method}: {Text(first)}");
            Assert.True(Bits($"{method} other@v1 letters") < Bits("bare other@v1 letters"), $"{method}: {Text(first)}");
        }
        // Deltas of rank 4 on one layer learn too little here to gain; that the port is another is seen.
        Assert.DoesNotContain(Bits("portedLora other@v1 letters"), new[] { Bits("bare other@v1 letters"), Bits("ported other@v1 letters") });
        Assert.True(Bits("rewardAlone small@v1 letters") > 0);
        Assert.Equal(rows["rewardAlone small@v1 letters"].Artifact, rows["ported other@v1 letters"].Artifact);
        Assert.NotEqual(rows["portedLora other@v1 letters"].Artifact, rows["ported other@v1 letters"].Artifact);
        Assert.Equal(rows["lora small@v1 letters"].Artifact, rows["patched small@v2 letters"].Artifact);
        // A merged patch is the patch that hangs, the difference carries the gain, and a random patch carries none.
        Assert.Equal(Bits("patched small@v2 letters"), Bits("merged small@v2 letters"), 1e-4);
        Assert.True(Bits("difference small@v2 letters") < Bits("bare small@v2 letters"), Text(first));
        Assert.True(Bits("randomPatch small@v2 letters") > Bits("patched small@v2 letters"), Text(first));
        Assert.NotEqual(Bits("prompted other@v1 letters"), Bits("bare other@v1 letters"));
        // What does not fit another architecture is told, and nothing fails.
        Assert.Equal(["patched", "merged", "randomPatch", "difference"], first.Refused!.Where(refused => refused.Target == "other@v1").Select(refused => refused.Method));
        Assert.Contains("model.layers.0.self_attn.q_proj.weight (small@v1: [32, 32], other@v1: none)", first.Refused![0].Reason, StringComparison.Ordinal);
        // Each figure beside the bare one on the same texts, a weight that was tried, and how safe the ports are.
        var paired = Assert.Single(rows["ported other@v1 letters"].Paired!);
        Assert.Equal(Bits("ported other@v1 letters") - Bits("bare other@v1 letters"), paired.Difference, 1e-6);
        Assert.InRange(paired.Difference, paired.Low!.Value, paired.High!.Value);
        Assert.Equal(["bare 0", "eft 0.5"], first.Fronts!.Where(point => point is { Target: "other@v1", Task: "letters" }).Select(point => FormattableString.Invariant($"{point.Method} {point.Weight}")));
        var risks = first.Risks!.Where(risk => risk.Method == "ported").ToDictionary(risk => risk.Target);
        Assert.True(risks["other@v1"].KlFromSource > risks["small@v2"].KlFromSource && risks["small@v2"].C > 1, Text(first.Risks));
        Assert.True(rows["lora small@v1 letters"].Cost is { TrainingSeconds: > 0, ArtifactBytes: > 0, PeakMemoryBytes: > 0 });
        Assert.All(first.Generations!, text => Assert.False(string.IsNullOrEmpty(Assert.Single(text.Texts!))));
        Assert.Equal(19, first.Generations!.Length);
        Assert.Equal(0, first.Jobs.Reused);
        Assert.Equal(new JobCounts(0, first.Jobs.Computed), second.Jobs);
        Assert.Equal(Text(first.Cells), Text(second.Cells));
        await CarryAsync(rows);
    }

    /// <summary>What the study tuned is carried by itself, and the study says what a retraining would bring.</summary>
    private async Task CarryAsync(Dictionary<string, StudyRow> rows)
    {
        // Texts that the patch may have been tuned on are found before anything is computed, and those of the tuning's own split are counted when it is.
        var tuned = File.ReadLines(_folder.PathOf("data", "letters.jsonl")).Take(5).Select(line => line.Replace("words", "text", StringComparison.Ordinal));
        File.WriteAllLines(_folder.PathOf("probe.jsonl"), [.. Lines("text", ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta"], seed: 8, count: 40), .. tuned]);
        var patch = rows["patched small@v2 letters"].Artifact!;

        var (code, output) = await ClientAsync("carry", patch, "--to", "small@v2", "--data", "probe.jsonl", "--general", "data/numbers.jsonl", "--save", "letters@v2", "--anyway", "-o", "json");

        // Both streams are in it; the lines of the document begin with a brace or a space.
        var document = output.Split('\n').SkipWhile(line => line != "{").Where(line => line is "{" or "}" || line.StartsWith(' '));
        Assert.True(code is 0 or 10, output);
        var carried = JsonSerializer.Deserialize<CarryResult>(string.Join('\n', document), SpecJson.Options)!;

        Assert.True(carried.Probe is { IsGain: true, Count: 45 } && carried.Own.IsGain, Text(carried));
        Assert.Equal((120, 1), (carried.General!.Count, carried.Retraining!.Pairs));
        Assert.True(carried.Risk is { KlFromSource: > 0, CMean: > 1, KlMoved: > 0 }, Text(carried));
        Assert.Contains("5 of the 45 records of probe.jsonl are also in letters, the data of the tuning. The evaluation counts how many of them were tuned on.", carried.Warnings);
        Assert.InRange(carried.Overlap!.Value, 1, 4);
        Assert.Equal("letters@v2", carried.Saved);
        Assert.NotEqual(patch, carried.SavedDigest);
        // Words of another kind are forgotten, and that is seen.
        Assert.Equal(code == 0 ? CarryVerdict.Carry : CarryVerdict.Retrain, carried.Verdict);
        Assert.True(carried.General.IsLoss, Text(carried));
    }

    private static string Text<T>(T value) => JsonSerializer.Serialize(value, SpecJson.Options);

    /// <summary>The spec lies in one folder and its texts in another beside it.</summary>
    private string Spec()
    {
        var data = Directory.CreateDirectory(_folder.PathOf("data")).FullName;
        var numbers = Texts(data, "numbers.jsonl", ["one", "two", "three", "four", "five", "six", "seven"]);
        var letters = Texts(data, "letters.jsonl", ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta"]);
        var tokenizer = Path.Combine(data, "tokenizer.json");
        File.Copy(Repository.PathOf("tests", "fixtures", "tokenizers", "gpt2-bpe", "tokenizer.json"), tokenizer);
        var file = Path.Combine(Directory.CreateDirectory(_folder.PathOf("specs")).FullName, "study.yaml");
        File.WriteAllText(file, $$"""
            apiVersion: ptune/v1
            kind: TransferStudy
            name: tiny-language
            datasets:
              numbers: { kind: text, name: numbers, location: ../data, files: [ { path: numbers.jsonl, sha256: {{numbers}} } ] }
              letters: { kind: text, name: letters, location: ../data, files: [ { path: letters.jsonl, sha256: {{letters}} } ], fields: { text: words } }
            splits: { shares: [0.6, 0.2, 0.2], by: content }
            maxTokens: 64
            models:
              small@v1:
                architecture: { kind: llama, layers: 1, width: 32, heads: 2, context: 192 }
                tokenizer: { location: ../data, file: { path: tokenizer.json, sha256: {{Sha256(tokenizer)}} }, vocabulary: 300 }
                pretraining: { data: numbers, recipe: { steps: 60, batchTokens: 512, learningRate: 0.01 } }
              small@v2:
                updates: small@v1
                pretraining: { data: numbers, seed: 2, recipe: { steps: 10, batchTokens: 512, learningRate: 0.002 } }
              other@v1:
                architecture: { kind: gpt2, layers: 1, width: 32, heads: 2, context: 192 }
                tokenizer: { location: ../data, file: { path: tokenizer.json, sha256: {{Sha256(tokenizer)}} }, vocabulary: 300 }
                pretraining: { data: numbers, recipe: { steps: 60, batchTokens: 512, learningRate: 0.01 } }
            sources: [small@v1]
            targets: [small@v2, other@v1]
            tuning: { data: letters, recipe: { steps: 60, batchTokens: 512, learningRate: 0.02 } }
            methods:
              - bare
              - { kind: lora, rank: 4 }
              - { kind: patched, lora: { rank: 4 } }
              - { kind: patched, name: merged, lora: { rank: 4 }, merged: true }
              - { kind: randomPatch, lora: { rank: 4 } }
              - difference
              - { kind: prompted, shots: 1 }
              - rewardAlone
              - ported
              - { kind: ported, name: portedLora, lora: { rank: 4 } }
              - { kind: eft, weights: [0.5] }
              - retrained
            tasks:
              - { kind: bitsPerByte, data: letters }
              - { kind: bitsPerByte, data: numbers }
            probe: { count: 5 }
            seeds: [1]
            generations: { prompts: [alpha], maxTokens: 8 }
            """);
        return file;
    }

    /// <summary>Runs of a few words, drawn by a seed.</summary>
    private static string Texts(string folder, string name, string[] words)
    {
        var file = Path.Combine(folder, name);
        File.WriteAllLines(file, Lines(name.StartsWith("letters", StringComparison.Ordinal) ? "words" : "text", words, seed: 7, count: 120));
        return Sha256(file);
    }

    private static IEnumerable<string> Lines(string field, string[] words, int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => JsonSerializer.Serialize(new Dictionary<string, string>
        {
            [field] = string.Join(' ', Enumerable.Range(0, 12).Select(_ => words[random.Next(words.Length)])),
        }))];
    }

    private static string Sha256(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));

    private async Task<StudyResult> RunAsync(string spec)
    {
        var (code, output) = await ClientAsync("run", spec);
        Assert.True(code == 0, output);
        return JsonSerializer.Deserialize<StudyResult>(await File.ReadAllTextAsync(_folder.PathOf("runs", "tiny-language", "result.json")), SpecJson.Options)!;
    }

    private async Task<(int Code, string Output)> ClientAsync(params string[] arguments)
    {
        await using var client = Program.Start("Cli", "ptune.dll", arguments, new Dictionary<string, string> { ["PTUNE_STORE"] = _folder.PathOf("store") }, _folder.Location);
        return (await client.ExitAsync(), client.Output);
    }
}
