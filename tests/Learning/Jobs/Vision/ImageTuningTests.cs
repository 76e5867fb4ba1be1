using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Specs;
using Ptune.Learning.Formats;
using Ptune.Learning.Jobs;

namespace Ptune.Learning.Tests.Jobs.Vision;

/// <summary>LoRA and head-only tuning of our own image classifiers.</summary>
public sealed class ImageTuningTests : IDisposable
{
    private static readonly TrainingRecipe _recipe = TinyJobs.Recipe with { Epochs = 20, LearningRate = 0.01 };

    private readonly TempFolder _folder = new();
    private readonly TinyJobs _jobs;

    public ImageTuningTests()
    {
        _jobs = new TinyJobs(_folder.Path);
        _jobs.Complete("v1", _jobs.Pretraining());
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_Lora_MakesAPatchThatGainsAndHangsOnTheNextVersion()
    {
        var done = _jobs.Complete("patch", _jobs.FineTuning() with { Method = new LoraMethod { Rank = 2 }, Recipe = _recipe }, ("base", "v1"));
        _jobs.Complete("v2", _jobs.Pretraining() with { Seed = 2 });

        Assert.Equal((ArtifactKind.Patch, "lora"), (done.Kind, done.Attributes[AttributeNames.Method]));
        Assert.Equal(["adapter_config.json", "adapter_model.safetensors"], done.Files);
        using var file = SafetensorsFile.Open(Path.Combine(_jobs.Output("patch"), "adapter_model.safetensors"));
        Assert.Equal([2, 8], file.Entry("base_model.model.blocks.0.attention.qkv.lora_A.weight").Shape);
        Assert.Contains("base_model.model.head.weight", file.Header.Entries.Keys);
        double bare = Accuracy("bare", ("subject", "v1")), tuned = Accuracy("tuned", ("subject", "v1"), ("patch", "patch"));
        Assert.True(tuned > bare + 0.1, $"{bare} to {tuned}");
        Assert.NotEqual(Scores("next", ("subject", "v2")), Scores("patched", ("subject", "v2"), ("patch", "patch")));
    }

    [Fact]
    public void Run_Head_LeavesEverythingElseAsItWas()
    {
        var done = _jobs.Complete("tuned", _jobs.FineTuning() with { Method = new HeadMethod(), Recipe = _recipe }, ("base", "v1"));

        Assert.Equal((ArtifactKind.Model, 27), (done.Kind, done.Metrics[MetricNames.TrainedParameters]));
        using var before = SafetensorsFile.Open(Path.Combine(_jobs.Output("v1"), "model.safetensors"));
        using var after = SafetensorsFile.Open(Path.Combine(_jobs.Output("tuned"), "model.safetensors"));
        Assert.Equal(
            ["head.bias", "head.weight"],
            before.Header.Entries.Keys.Where(name => before.DigestOf(before.Entry(name)) != after.DigestOf(after.Entry(name))).Order(StringComparer.Ordinal));
        Assert.True(Accuracy("judged", ("subject", "tuned")) > Accuracy("bare", ("subject", "v1")));
    }

    [Theory]
    [InlineData("vit", "lora")]
    [InlineData("vit", "head")]
    [InlineData("mlp", "lora")]
    public void Run_StoppedAndResumed_EndsInTheSameBytes(string kind, string method)
    {
        if (kind == "mlp") _jobs.Complete("v1", _jobs.Pretraining(new MlpSpec { Hidden = 8 }));
        var spec = _jobs.FineTuning() with { Method = method == "head" ? new HeadMethod() : new LoraMethod { Rank = 2, Dropout = 0.2 } };
        _jobs.Complete("whole", spec, ("base", "v1"));

        _jobs.AssertSameAfterAStop(spec, ("base", "v1"));
    }

    [Fact]
    public void Run_PatchOfAnotherShape_IsRefused()
    {
        _jobs.Complete("patch", _jobs.FineTuning() with { Method = new LoraMethod { Rank = 2 } }, ("base", "v1"));
        _jobs.Complete("wide", _jobs.Pretraining(new VitSpec { Patch = 4, Dim = 16, Depth = 1, Heads = 2 }));

        var refusal = Assert.ThrowsAny<LearningException>(() => JobRunner.Run(_jobs.Run("scored", _jobs.Scoring() with { Patch = "given" }, ("subject", "wide"), ("patch", "patch"))));
        Assert.Contains("[16, 2]", refusal.Message, StringComparison.Ordinal);
    }

    private double Accuracy(string name, params (string, string)[] inputs) =>
        _jobs.Complete(name, new EvaluationSpec { Data = _jobs.Data(Split.Test, TinyJobs.Shift), Subject = "given", Patch = inputs.Length > 1 ? "given" : null }, inputs).Metrics[MetricNames.Accuracy];

    private byte[] Scores(string name, params (string, string)[] inputs)
    {
        _jobs.Complete(name, _jobs.Scoring() with { Patch = inputs.Length > 1 ? "given" : null }, inputs);
        return TinyJobs.Files(_jobs.Output(name))["scores.safetensors"];
    }
}
