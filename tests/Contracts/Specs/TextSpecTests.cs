using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;

namespace Ptune.Contracts.Tests.Specs;

/// <summary>Specs of language models: what they may say, and what is filled in.</summary>
public sealed class TextSpecTests
{
    private const string FineTuning = """
        apiVersion: ptune/v1
        kind: FineTuning
        name: king-james
        base: speeches@v1
        method: { kind: lora, rank: 8 }
        data:
          dataset:
            kind: text
            name: King James
            location: /data
            files: [ { path: king-james.jsonl, sha256: 0000000000000000000000000000000000000000000000000000000000000000 } ]
            fields: { text: verse }
          splits: { seed: 1, shares: [0.8, 0.1, 0.1] }
          split: tuning
          count: 2000
        recipe: { steps: 300, batchTokens: 4096, microBatch: 8, learningRate: 0.001, dtype: bfloat16, clip: 1, earlyStopping: { patience: 3 } }
        seed: 1
        publish: king-james@v1
        """;

    [Fact]
    public void Read_FineTuning_FillsInWhatIsLeftOut()
    {
        var job = Assert.IsType<FineTuningSpec>(Read(FineTuning));

        Assert.Equal(new LoraMethod { Rank = 8, Alpha = 16 }, job.Method);
        Assert.Equal((512, TooLong.Cut, true), (job.Data.MaxTokens, job.Data.TooLong, job.Data.Packing));
        Assert.Equal((300, ComputeType.Bfloat16), (job.Recipe.Steps, job.Recipe.Dtype));
        Assert.Equal((ArtifactKind.Patch, "king-james@v1"), (job.Produces(), job.Publish));
    }

    [Fact]
    public void Of_Texts_LeavesOutWhatIsForImages()
    {
        var text = CanonicalJson.Of<Spec>(Read(FineTuning));

        Assert.DoesNotContain("epochs", text, StringComparison.Ordinal);
        Assert.DoesNotContain("pretraining\":", text, StringComparison.Ordinal);
        Assert.DoesNotContain("publish", text, StringComparison.Ordinal);
        Assert.Contains("\"kind\":\"text\"", text, StringComparison.Ordinal);
        Assert.Equal(text, CanonicalJson.Of<Spec>(System.Text.Json.JsonSerializer.Deserialize<Spec>(System.Text.Json.JsonSerializer.Serialize(Read(FineTuning), SpecJson.Options), SpecJson.Options)!));
    }

    /// <summary>What was learnt without the early stopping that was asked for is other work; all else stays what it was.</summary>
    [Theory]
    [InlineData("preference", ", earlyStopping: { patience: 3 }", 2)]
    [InlineData("preference", "", 1)]
    [InlineData("promptResponse", ", earlyStopping: { patience: 3 }", 1)]
    [InlineData("textLabel", "", 2)]
    public void Read_FineTuning_IsWorkOfItsVersion(string format, string stopping, int version)
    {
        var text = FineTuning.Replace("kind: text", $"kind: text\n    format: {format}", StringComparison.Ordinal).Replace("    fields: { text: verse }\n", "", StringComparison.Ordinal)
            .Replace(", earlyStopping: { patience: 3 }", stopping, StringComparison.Ordinal);

        Assert.Equal(version, Assert.IsType<FineTuningSpec>(Read(text)).RecipeVersion());
    }

    [Theory]
    [InlineData("steps: 300", "epochs: 3", "recipe.epochs")]
    [InlineData("split: tuning", "split: pretraining", "data.split")]
    [InlineData("split: tuning", "split: test", "data.split")]
    [InlineData("[0.8, 0.1, 0.1]", "[0.8, 0.3, 0.1]", "data.splits.shares")]
    [InlineData("[0.8, 0.1, 0.1]", "[0, 0.3, 0.1]", "data.splits.shares")]
    [InlineData("batchTokens: 4096", "batchTokens: 100", "recipe.batchTokens")]
    [InlineData("publish: king-james@v1", "publish: king james", "publish")]
    [InlineData("fields: { text: verse }", "format: multipleChoice", "data.dataset.format")]
    [InlineData("fields: { text: verse }", "labels: [a, b]", "data.dataset.labels")]
    [InlineData("fields: { text: verse }", "format: messages\n    records: line", "data.dataset.records")]
    [InlineData("count: 2000", "loss: response", "data.loss")]
    [InlineData("path: king-james.jsonl", "path: ../king-james.jsonl", "data.dataset.files[0].path")]
    [InlineData("kind: lora", "kind: lorra", "method.kind")]
    [InlineData("rank: 8", "targets: ' '", "method.targets")]
    [InlineData("rank: 8", "targets: 'layers.(q'", "method.targets")]
    [InlineData("rank: 8", "targets: '(?=q).*'", "method.targets")]
    [InlineData("rank: 8", "rankPattern: { q_proj: 0 }", "method.rankPattern.q_proj")]
    [InlineData("rank: 8", "rankPattern: { 'layers.(': 4 }", "method.rankPattern.layers.(")]
    [InlineData("rank: 8", "alphaPattern: { q_proj: 0 }", "method.alphaPattern.q_proj")]
    [InlineData("rank: 8", "alphaPattern: { '[': 4 }", "method.alphaPattern.[")]
    [InlineData("kind: text", "kind: texts", "data.dataset.kind")]
    public void Read_Mistake_IsNamed(string right, string wrong, string path)
    {
        var reading = SpecReader.Read(FineTuning.Replace(right, wrong, StringComparison.Ordinal));

        Assert.Contains(reading.Problems, problem => problem.Path == path);
    }

    [Theory]
    [InlineData("targets: 'q_proj, v_proj'")]
    [InlineData("targets: '.*layers.[0-3].*(q|v)_proj', rankPattern: { 'layers.[01].*q_proj': 4, down_proj: 2 }, alphaPattern: { v_proj: 0.5 }")]
    public void Read_LayersOfLora_ArePossible(string words) => Read(FineTuning.Replace("rank: 8", words, StringComparison.Ordinal));

    [Theory]
    [InlineData("0.1", 1)]
    [InlineData("0", 0)]
    public void Read_PreferencesWithLabelSmoothing_AreRefused(string smoothing, int problems)
    {
        var spec = FineTuning.Replace("fields: { text: verse }", "format: preference", StringComparison.Ordinal).Replace("clip: 1", $"clip: 1, labelSmoothing: {smoothing}", StringComparison.Ordinal);
        Assert.Equal(Enumerable.Repeat("recipe.labelSmoothing", problems), SpecReader.Read(spec).Problems.Select(problem => problem.Path));
    }

    [Theory]
    [InlineData("context: 256", "", 256)]
    [InlineData("context: 4096", "", 512)]
    [InlineData("context: 256", "maxTokens: 100", 100)]
    [InlineData("context: 256", "maxTokens: 257", null)]
    public void Read_Pretraining_FitsExamplesIntoTheContext(string context, string given, int? maxTokens)
    {
        var reading = SpecReader.Read(FineTuning
            .Replace("kind: FineTuning", "kind: Pretraining", StringComparison.Ordinal)
            .Replace("base: speeches@v1", "tokenizer: { location: /data, file: { path: tokenizer.json, sha256: 0000000000000000000000000000000000000000000000000000000000000000 } }", StringComparison.Ordinal)
            .Replace("method: { kind: lora, rank: 8 }", $"architecture: {{ kind: llama, {context} }}", StringComparison.Ordinal)
            .Replace("count: 2000", given, StringComparison.Ordinal));

        Assert.Equal(maxTokens is null ? ["data.maxTokens"] : [], reading.Problems.Select(problem => problem.Path));
        if (maxTokens is not null) Assert.Equal(maxTokens, ((PretrainingSpec)reading.Spec!).Data.MaxTokens);
    }

    [Theory]
    [InlineData("prompts: [Once]", null)]
    [InlineData("promptIds: [[1, 2], [3]]", null)]
    [InlineData("prompts: [Once]\npromptIds: [[1]]", "prompts")]
    [InlineData("topK: 3", "prompts")]
    [InlineData("promptIds: [[1]]\nstop: [x]", "stop")]
    [InlineData("promptIds: [[]]", "promptIds[0]")]
    [InlineData("prompts: [Once]\nstop: ['']", "stop[0]")]
    [InlineData("prompts: [Once]\nnow: yesterday", "now")]
    public void Read_Generation_SaysWhatIsWrong(string rest, string? path)
    {
        var problems = SpecReader.Read($"apiVersion: ptune/v1\nkind: Generation\nmodel: smol@v1\n{rest}").Problems;

        Assert.Equal(path is null ? [] : [path], problems.Select(problem => problem.Path));
    }

    [Theory]
    [InlineData("kind: hub, repository: owner/name", null)]
    [InlineData("kind: hub, repository: owner", "from.repository")]
    [InlineData("kind: hub, repository: ../name", "from.repository")]
    [InlineData("kind: hub, repository: owner/name.git", "from.repository")]
    [InlineData("kind: hub, repository: owner/name, revision: 'a b'", "from.revision")]
    [InlineData("kind: hub, repository: owner/name, revision: a/../b", "from.revision")]
    [InlineData("kind: folder, path: here, files: [{ path: config.json, sha256: 0000000000000000000000000000000000000000000000000000000000000000 }]", "from.path")]
    [InlineData("kind: uploaded, files: [{ path: /etc/passwd, sha256: 0000000000000000000000000000000000000000000000000000000000000000 }]", "from.files[0].path")]
    public void Read_Import_SaysWhatIsWrong(string from, string? path)
    {
        var problems = SpecReader.Read($"apiVersion: ptune/v1\nkind: Import\nfrom: {{ {from} }}").Problems;

        Assert.Equal(path is null ? [] : [path], problems.Select(problem => problem.Path));
    }

    private static Spec Read(string text)
    {
        var reading = SpecReader.Read(text);
        Assert.Empty(reading.Problems);
        return reading.Spec!;
    }
}
