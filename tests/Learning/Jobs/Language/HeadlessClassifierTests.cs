using System.Text.Json.Nodes;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Specs;
using Ptune.Learning.Checks;
using Ptune.Learning.Formats;
using Ptune.Learning.Importing;
using Ptune.Learning.Jobs;
using Ptune.Learning.Merging;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Models.Language;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Jobs.Language;

/// <summary>Encoders that were saved without a classification head: they are tuned, which gives them one, and until then they answer nothing.</summary>
public sealed class HeadlessClassifierTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TinyLanguage _jobs;

    public HeadlessClassifierTests() => _jobs = new TinyLanguage(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("BertModel", "full")]
    [InlineData("BertModel", "head")]
    [InlineData("BertForMaskedLM", "full")]
    [InlineData("BertForMaskedLM", "lora")]
    public void Run_FineTuning_DrawsAHeadThatIsJudged(string architecture, string method)
    {
        string model = Bare(architecture);
        FolderImport.Run(new ModelImportOptions { Folder = model, Target = model, WithoutHead = true });
        var data = _jobs.Labelled("a", "b") with { MaxTokens = 30 };
        var spec = TinyLanguage.FineTuning(data, Method(method)) with { Recipe = TinyLanguage.Recipe with { Steps = 60, LearningRate = 0.02 } };

        var done = _jobs.Complete("tuned", spec, ("base", model));

        Assert.Equal(["a", "b"], done.Labels);
        Assert.Contains("has no classification head: a new one for the labels [a, b]", done.Attributes[AttributeNames.Notes], StringComparison.Ordinal);
        double accuracy = Judge("judged", data, method == "lora" ? [("subject", model), ("patch", _jobs.Output("tuned"))] : [("subject", _jobs.Output("tuned"))]);
        Assert.True(accuracy > 0.8, $"{accuracy}");
        string whole = _jobs.Output("tuned");
        if (method == "lora")
        {
            whole = Path.Combine(_folder.Path, "merged", "output");
            FolderMerge.Run(new FolderMergeOptions { Model = model, Patch = _jobs.Output("tuned"), Target = whole });
            FolderImport.Run(new ModelImportOptions { Folder = whole, Target = whole });
            Assert.Equal(accuracy, Judge("again", data, ("subject", whole)));
        }

        // What comes out is a classifier like any other.
        Assert.Equal("BertForSequenceClassification", JsonNode.Parse(File.ReadAllText(Path.Combine(whole, "config.json")))!["architectures"]![0]!.GetValue<string>());
        using var folder = PretrainedFolder.Open(whole);
        Assert.All(folder.Keys, pair => Assert.Equal(pair.Key, pair.Value));
    }

    [Theory]
    [InlineData("BertModel")]
    [InlineData("BertForMaskedLM")]
    public void Run_BeforeItIsTuned_IsRefusedAndSaysWhatToDo(string architecture)
    {
        string model = Bare(architecture);
        string[] due = [architecture, "classifier.weight", "an encoder without a classification head", "--without-head"];
        var refused = Assert.ThrowsAny<LearningException>(() => FolderImport.Run(new ModelImportOptions { Folder = model, Target = model }));
        Assert.All(due, words => Assert.Contains(words, refused.Message, StringComparison.Ordinal));
        var imported = FolderImport.Run(new ModelImportOptions { Folder = model, Target = model, WithoutHead = true });
        // A check says the same as the import, with and without the flag.
        var check = new ModelCheckOptions { Folder = model };
        Assert.Equal(refused.Message, Assert.ThrowsAny<LearningException>(() => ModelCheck.Run(check)).Message);
        var checkedModel = ModelCheck.Run(check with { WithoutHead = true });
        Assert.Equal("none: it has no classification head", checkedModel.OutputSpace);
        Assert.Contains(checkedModel.Notes, note => note.Contains("without a classification head", StringComparison.Ordinal));
        Assert.Contains("nothing to compare", Assert.Throws<ModelRefusedException>(() => ModelCheck.Run(check with { WithoutHead = true, Expect = "expected.safetensors" })).Message, StringComparison.Ordinal);
        Assert.Contains("adapter", Assert.Throws<ModelRefusedException>(() => ModelCheck.Run(check with { WithoutHead = true, Adapter = model })).Message, StringComparison.Ordinal);
        Assert.Null(imported.Facts.Labels);
        Assert.Null(imported.Facts.OutputSpace);
        Assert.Contains(imported.Notes, note => note.Contains("without a classification head", StringComparison.Ordinal));

        var judged = Assert.ThrowsAny<LearningException>(() => Judge("judged", _jobs.Labelled("a", "b") with { MaxTokens = 30 }, ("subject", model)));

        Assert.All(due, words => Assert.Contains(words, judged.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Run_ChangedWeights_AreRefusedBeforeAPatchIsPutOnThem()
    {
        string model = Bare("BertForMaskedLM");
        FolderImport.Run(new ModelImportOptions { Folder = model, Target = model, WithoutHead = true });
        var data = _jobs.Labelled("a", "b") with { MaxTokens = 30 };
        _jobs.Complete("tuned", TinyLanguage.FineTuning(data, Method("lora")), ("base", model));
        Rewrite(model, tensors => tensors.ToDictionary(pair => pair.Key, pair => pair.Key.EndsWith("layer.1.output.LayerNorm.weight", StringComparison.Ordinal) ? pair.Value * 1.01 : pair.Value));

        var refused = Assert.ThrowsAny<LearningException>(() => Judge("judged", data, ("subject", model), ("patch", _jobs.Output("tuned"))));

        Assert.Contains("does not compute what it did", refused.Message, StringComparison.Ordinal);
    }

    private double Judge(string name, DataSpec data, params (string, string)[] inputs)
    {
        var spec = new EvaluationSpec { Data = data, Subject = "given", Patch = inputs.Length > 1 ? "given" : null, Task = new AccuracyTask() };
        return _jobs.Complete(name, spec, inputs).Metrics[MetricNames.Accuracy];
    }

    private static TuningMethod Method(string word) => word switch { "full" => new FullMethod(), "head" => new HeadMethod(), _ => new LoraMethod { Rank = 4 } };

    /// <summary>As transformers saves the class: BertModel without the prefix of its trunk, BertForMaskedLM without a pooler.</summary>
    private string Bare(string architecture)
    {
        string folder = TinyClassifier.Write(Path.Combine(_folder.Path, "bert", "output"), TinyClassifier.Words(), isImported: false);
        string path = Path.Combine(folder, "config.json");
        var config = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        config["architectures"] = new JsonArray(architecture);
        File.WriteAllText(path, config.ToJsonString());
        string gone = architecture == "BertModel" ? BertConfig.Head : BertConfig.Pooler;
        Rewrite(folder, tensors => tensors.Where(pair => !pair.Key.StartsWith(BertConfig.Head, StringComparison.Ordinal) && !pair.Key.StartsWith(gone, StringComparison.Ordinal))
            .ToDictionary(pair => architecture == "BertModel" ? pair.Key[(BertConfig.Trunk.Length + 1)..] : pair.Key, pair => pair.Value));
        return folder;
    }

    private static void Rewrite(string folder, Func<Dictionary<string, Tensor>, Dictionary<string, Tensor>> change)
    {
        string path = Path.Combine(folder, ShardedWeights.SingleFile);
        List<TensorBytes> tensors;
        using (var scope = NewDisposeScope())
        using (var file = SafetensorsFile.Open(path))
        {
            tensors = [.. change(file.Header.Entries.Keys.ToDictionary(name => name, name => file.Tensor(name))).Select(pair => TensorBytes.Of(pair.Key, pair.Value))];
        }

        SafetensorsWriter.Write(path, tensors);
    }
}
