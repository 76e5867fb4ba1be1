using System.Text.Json;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Specs;
using Ptune.Fixtures;
using Ptune.Learning.Evaluation;
using Ptune.Learning.Importing;
using Ptune.Learning.Jobs;
using Ptune.Learning.Merging;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Models.Vision;
using Ptune.Learning.Tokenization;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Jobs.Vision;

/// <summary>Hugging Face's ViT and CLIP on the images of a data set.</summary>
public sealed class PretrainedImageTests : IDisposable
{
    private static readonly TrainingRecipe _recipe = TinyJobs.Recipe with { Epochs = 15, LearningRate = 0.01 };

    private readonly TempFolder _folder = new();
    private readonly TinyJobs _jobs;

    public PretrainedImageTests()
    {
        _jobs = new TinyJobs(_folder.Path);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("full")]
    [InlineData("head")]
    [InlineData("lora")]
    public void Run_FineTuningOfVit_GainsWithANewHead(string method)
    {
        Import("vit");
        var spec = _jobs.FineTuning() with { Method = Method(method), Recipe = _recipe };

        var done = _jobs.Complete("whole", spec, ("base", "vit"));

        Assert.Equal((method == "lora" ? ArtifactKind.Patch : ArtifactKind.Model, TinyDataset.Labels), (done.Kind, done.Labels));
        Assert.Contains("new classification head", done.Attributes[AttributeNames.Notes], StringComparison.Ordinal);
        double accuracy = method == "lora" ? Accuracy("judged", ("subject", "vit"), ("patch", "whole")) : Accuracy("judged", ("subject", "whole"));
        Assert.True(accuracy > 0.6, $"{accuracy}");
        if (method == "lora") Assert.Equal(accuracy, Accuracy("merged", ("subject", Merged("vit", "whole"))));
        _jobs.AssertSameAfterAStop(spec, ("base", "vit"));
    }

    [Fact]
    public void Run_RewardBesideVit_CorrectsWhatItWasTrainedBeside()
    {
        Import("vit");
        _jobs.Complete("source", _jobs.FineTuning() with { Data = _jobs.Data(Split.Pretraining), Method = new HeadMethod(), Recipe = _recipe }, ("base", "vit"));

        var reward = _jobs.Complete("reward", _jobs.RewardTuning() with { Recipe = TinyJobs.Recipe with { LearningRate = 0.002 } }, ("source", "source"));

        Assert.Equal(ArtifactKind.Reward, reward.Kind);
        _jobs.Complete("target scores", _jobs.Scoring(), ("subject", "source"));
        _jobs.Complete("reward scores", _jobs.Scoring(ArtifactKind.Reward), ("subject", "reward"));
        var figures = Compared("target scores", "reward scores");
        Assert.True(figures[MetricNames.AccuracyPorted] >= figures[MetricNames.AccuracyBare], $"{figures[MetricNames.AccuracyBare]} to {figures[MetricNames.AccuracyPorted]}");
        var refusal = Assert.ThrowsAny<LearningException>(() => JobRunner.Run(_jobs.Run("taken for a model", _jobs.Scoring(), ("subject", "reward"))));
        Assert.Contains("a reward, but a model is needed", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ScoringOfClip_GivesTheImagesNearnessToTheLabelsTexts()
    {
        Import("clip");
        _jobs.Complete("scored", _jobs.Scoring() with { LabelPrompt = "a {} of" }, ("subject", "clip"));

        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var clip = (Clip)PretrainedFolder.Open(_jobs.Output("clip")).Network(ScalarType.Float32, CPU);
        using var tokenizer = TokenizerFolder.Load(_jobs.Output("clip"));
        var texts = cat([.. TinyDataset.Labels.Select(label => clip.Texts(tensor(tokenizer.Tokenizer.Encode($"a {label} of").Select(id => (long)id).ToArray()).unsqueeze(0)))], 0);
        var preparation = PreparationWords.Read(new FolderFiles(_jobs.Output("clip")), clip.Config);
        byte[] pixels = TinyDataset.Images(TinyDataset.TestRows, 2);
        var images = preparation.Apply(tensor(pixels, [TinyDataset.TestRows, 1, TinyDataset.Side, TinyDataset.Side], ScalarType.Byte).to_type(ScalarType.Float32));
        float[] expected = nn.functional.log_softmax(clip.Logits(clip.Images(images), texts), 1).data<float>().ToArray();
        _jobs.Complete("unshifted", new ScoringSpec { Data = _jobs.Data(Split.Test), Subject = "given", LabelPrompt = "a {} of" }, ("subject", "clip"));
        Assert.All(expected.Zip(ScoresArtifact.Read(_jobs.Output("unshifted")).Table.Values), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
        _jobs.Complete("otherwise", _jobs.Scoring(), ("subject", "clip"));
        Assert.NotEqual(ScoresArtifact.Read(_jobs.Output("scored")).Table.Values, ScoresArtifact.Read(_jobs.Output("otherwise")).Table.Values);
    }

    [Fact]
    public void Run_RewardOfOurVit_IsPortedToClip()
    {
        Import("clip");
        _jobs.Complete("source", _jobs.Pretraining());
        _jobs.Complete("reward", _jobs.RewardTuning() with { Recipe = _recipe }, ("source", "source"));
        _jobs.Complete("clip scores", _jobs.Scoring(), ("subject", "clip"));
        _jobs.Complete("reward scores", _jobs.Scoring(ArtifactKind.Reward), ("subject", "reward"));

        var figures = Compared("clip scores", "reward scores");

        Assert.Equal(Accuracy("bare", ("subject", "clip")), figures[MetricNames.AccuracyBare]);
        Assert.True(figures[MetricNames.AccuracyPorted] > figures[MetricNames.AccuracyBare] + 0.1, $"{figures[MetricNames.AccuracyBare]} to {figures[MetricNames.AccuracyPorted]}");
    }

    [Fact]
    public void Run_FineTuningOfClip_IsRefused()
    {
        Import("clip");

        var refusal = Assert.ThrowsAny<LearningException>(() => JobRunner.Run(_jobs.Run("tuned", _jobs.FineTuning(), ("base", "clip"))));
        Assert.Contains("CLIP", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "does not end the text")]
    [InlineData(true, "Shorten labelPrompt")]
    public void Run_TextsThatClipCannotRead_AreRefused(bool isLong, string words)
    {
        Import("clip", ends: isLong);

        var spec = _jobs.Scoring() with { LabelPrompt = isLong ? string.Concat(Enumerable.Repeat("a {} ", 20)) : null };
        var refusal = Assert.ThrowsAny<LearningException>(() => JobRunner.Run(_jobs.Run("scored", spec, ("subject", "clip"))));
        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_VitWithOtherLabels_IsNotJudged()
    {
        Import("vit");

        var refusal = Assert.ThrowsAny<LearningException>(() => JobRunner.Run(_jobs.Run("scored", _jobs.Scoring(), ("subject", "vit"))));
        Assert.Contains("[top, middle, bottom]", refusal.Message, StringComparison.Ordinal);
    }

    private IReadOnlyDictionary<string, double> Compared(string target, string reward)
    {
        var spec = new EvaluationSpec { Data = _jobs.Data(Split.Test, TinyJobs.Shift), Scores = new EvaluationScores { Target = "given", Reward = "given" } };
        return _jobs.Complete("compared", spec, ("target", target), ("reward", reward)).Metrics;
    }

    private double Accuracy(string name, params (string, string)[] inputs) =>
        _jobs.Complete(name, new EvaluationSpec { Data = _jobs.Data(Split.Test, TinyJobs.Shift), Subject = "given", Patch = inputs.Length > 1 ? "given" : null }, inputs).Metrics[MetricNames.Accuracy];

    private string Merged(string model, string patch)
    {
        FolderMerge.Run(new FolderMergeOptions { Model = _jobs.Output(model), Patch = _jobs.Output(patch), Target = _jobs.Output("sum") });
        FolderImport.Run(new ModelImportOptions { Folder = _jobs.Output("sum"), Target = _jobs.Output("sum") });
        return "sum";
    }

    private void Import(string name, bool ends = true)
    {
        string given = _folder.Folder("given");
        foreach (string file in Directory.GetFiles(Repository.PathOf("tests", "fixtures", "hf", name)).Where(file => !file.EndsWith("reference.safetensors", StringComparison.Ordinal)))
            File.Copy(file, Path.Combine(given, Path.GetFileName(file)));
        if (name == "clip") File.WriteAllText(Path.Combine(given, "tokenizer.json"), Words(ends));
        FolderImport.Run(new ModelImportOptions { Folder = given, Target = _jobs.Output(name) });
    }

    private static TuningMethod Method(string word) => word switch { "full" => new FullMethod(), "head" => new HeadMethod(), _ => new LoraMethod { Rank = 4 } };

    // A word, a token; the model's begin and end around a text.
    private static string Words(bool ends)
    {
        string[] words = ["[UNK]", "a", "photo", "of", "top", "middle", "bottom", "."];
        object Special(string name) => new { SpecialToken = new { id = name, type_id = 0 } };
        object[] frame = ends ? [Special("<b>"), new { Sequence = new { id = "A", type_id = 0 } }, Special("<e>")] : [Special("<b>"), new { Sequence = new { id = "A", type_id = 0 } }];
        return JsonSerializer.Serialize(new
        {
            version = "1.0",
            added_tokens = new[] { Added(118, "<b>"), Added(119, "<e>") },
            pre_tokenizer = new { type = "Whitespace" },
            post_processor = new
            {
                type = "TemplateProcessing",
                single = frame,
                pair = frame.Append(new { Sequence = new { id = "B", type_id = 1 } }),
                special_tokens = new Dictionary<string, object> { ["<b>"] = new { id = "<b>", ids = new[] { 118 }, tokens = new[] { "<b>" } }, ["<e>"] = new { id = "<e>", ids = new[] { 119 }, tokens = new[] { "<e>" } } },
            },
            model = new { type = "WordLevel", vocab = words.Index().ToDictionary(word => word.Item, word => word.Index), unk_token = "[UNK]" },
        });

        static object Added(int id, string content) => new { id, content, single_word = false, lstrip = false, rstrip = false, normalized = false, special = true };
    }
}
