using System.Text.Json;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Specs;
using Ptune.Fixtures;
using Ptune.Learning.Importing;
using Ptune.Learning.Jobs;
using Ptune.Learning.Merging;
using Ptune.Learning.Models.HuggingFace;

namespace Ptune.Learning.Tests.Jobs.Language;

/// <summary>Text encoders with a classification head, from spec to artifact.</summary>
public sealed class ClassifierJobsTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TinyLanguage _jobs;

    public ClassifierJobsTests()
    {
        _jobs = new TinyLanguage(_folder.Path);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("full")]
    [InlineData("head")]
    [InlineData("lora")]
    public void Run_ClassifierOnLabels_LowersTheLoss(string method)
    {
        string model = Classifier(TinyClassifier.Words());
        var labels = LabelsOf(model);

        var done = _jobs.Complete("tuned", TinyLanguage.FineTuning(_jobs.Labelled([.. labels]) with { MaxTokens = 30 }, Method(method)), ("base", model));

        Assert.True(done.Metrics[MetricNames.FinalLoss] < done.Metrics[MetricNames.FirstLoss], $"{done.Metrics[MetricNames.FirstLoss]} to {done.Metrics[MetricNames.FinalLoss]}");
        Assert.Equal(labels, done.Labels);
    }

    [Fact]
    public void Run_ClassifierWithAnotherModelsTokenizer_IsRefused()
    {
        string model = Classifier(File.ReadAllText(Repository.PathOf("tests", "fixtures", "tokenizers", "wordpiece", "tokenizer.json")), isImported: false);

        var refusal = Assert.ThrowsAny<LearningException>(() => JobRunner.Run(_jobs.Run("tuned", TinyLanguage.FineTuning(_jobs.Labelled("a", "b")), ("base", model))));
        Assert.Contains("another model's tokenizer", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("full")]
    [InlineData("head")]
    [InlineData("lora")]
    public void Run_OtherLabels_GetANewHeadThatIsJudged(string method)
    {
        string model = Classifier(TinyClassifier.Words());
        var data = _jobs.Labelled("a", "b") with { MaxTokens = 30 };

        var done = _jobs.Complete("tuned", TinyLanguage.FineTuning(data, Method(method)) with { Recipe = TinyLanguage.Recipe with { Steps = 60, LearningRate = 0.02 } }, ("base", model));

        Assert.Equal(["a", "b"], done.Labels);
        Assert.Contains("new classification head", done.Attributes[AttributeNames.Notes], StringComparison.Ordinal);
        // The label is told by the place.
        double accuracy = Judge("judged", data, method == "lora" ? [("subject", model), ("patch", _jobs.Output("tuned"))] : [("subject", _jobs.Output("tuned"))]);
        Assert.True(accuracy > 0.8, $"{accuracy}");
        if (method != "lora") return;
        string merged = Path.Combine(_folder.Path, "merged", "output");
        FolderMerge.Run(new FolderMergeOptions { Model = model, Patch = _jobs.Output("tuned"), Target = merged });
        Assert.Equal(["a", "b"], LabelsOf(merged));
        FolderImport.Run(new ModelImportOptions { Folder = merged, Target = merged });
        Assert.Equal(accuracy, Judge("again", data, ("subject", merged)));
    }

    [Theory]
    [InlineData("full")]
    [InlineData("head")]
    [InlineData("lora")]
    public void Run_Bfloat16WithDropoutAndEarlyStopping_IsExactOverAResume(string method)
    {
        string model = Classifier(TinyClassifier.Words());
        var recipe = TinyLanguage.Recipe with { Dtype = ComputeType.Bfloat16, Dropout = 0.1, Recompute = true, EarlyStopping = new EarlyStoppingSpec { Patience = 9, EverySteps = 3, Count = 4 } };
        var spec = TinyLanguage.FineTuning(_jobs.Labelled("a", "b", "c") with { MaxTokens = 30 }, Method(method)) with { Recipe = recipe };

        var done = _jobs.Complete("whole", spec, ("base", model));

        Assert.True(done.Metrics[MetricNames.FinalLoss] < done.Metrics[MetricNames.FirstLoss], $"{done.Metrics[MetricNames.FirstLoss]} to {done.Metrics[MetricNames.FinalLoss]}");
        Assert.Equal(method == "full" ? "bfloat16" : "float32", done.Attributes[AttributeNames.Dtype]);
        _jobs.AssertSameAfterAStop(spec, ("base", model));
    }

    [Fact]
    public void Run_EarlyStopping_KeepsTheBestStep()
    {
        var recipe = TinyLanguage.Recipe with { Steps = 200, LearningRate = 0.3, Schedule = LearningRateSchedule.Constant, EarlyStopping = new EarlyStoppingSpec { Patience = 2, EverySteps = 5, Count = 5 } };

        var done = _jobs.Complete("tuned", TinyLanguage.FineTuning(_jobs.Labelled("a", "b") with { MaxTokens = 30 }) with { Recipe = recipe }, ("base", Classifier(TinyClassifier.Words())));

        Assert.True(done.Metrics[MetricNames.Steps] < 200, $"{done.Metrics[MetricNames.Steps]}");
        Assert.InRange(done.Metrics[MetricNames.BestStep], 5, done.Metrics[MetricNames.Steps] - 5);
        Assert.True(double.IsFinite(done.Metrics[MetricNames.ValidationLoss]));
    }

    private double Judge(string name, DataSpec data, params (string, string)[] inputs)
    {
        var spec = new EvaluationSpec { Data = data, Subject = "given", Patch = inputs.Length > 1 ? "given" : null, Task = new AccuracyTask() };
        return _jobs.Complete(name, spec, inputs).Metrics[MetricNames.Accuracy];
    }

    private static TuningMethod Method(string word) => word switch { "full" => new FullMethod(), "head" => new HeadMethod(), _ => new LoraMethod { Rank = 4, Targets = "query, value" } };

    private string Classifier(string tokenizer, bool isImported = true) => TinyClassifier.Write(Path.Combine(_folder.Path, "bert", "output"), tokenizer, isImported);

    private static IReadOnlyList<string> LabelsOf(string model)
    {
        using var folder = PretrainedFolder.Open(model);
        return ((Learning.Models.Language.BertConfig)folder.Config).Labels;
    }
}
