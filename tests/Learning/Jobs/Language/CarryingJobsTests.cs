using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Specs;
using Ptune.Learning.Formats;
using Ptune.Learning.Jobs;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Jobs.Language;

/// <summary>Ways to carry that need no training: merged weights, differences, random controls and examples that are shown.</summary>
public sealed class CarryingJobsTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TinyLanguage _jobs;

    public CarryingJobsTests()
    {
        _jobs = new TinyLanguage(_folder.Path);
        _jobs.Complete("source", TinyLanguage.Pretraining(_jobs.Texts(), new LlamaSpec { Layers = 2, Width = 16, Heads = 2, Context = 96 }));
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>On the source itself the difference makes the tuned source; on its update it carries the gain.</summary>
    [Fact]
    public void Run_Difference_AddsWhatTuningChanged()
    {
        _jobs.Complete("tuned", TinyLanguage.FineTuning(_jobs.Pairs()), ("base", _jobs.Output("source")));
        _jobs.Complete("updated", TinyLanguage.Pretraining(_jobs.Texts(), new LlamaSpec { Layers = 2, Width = 16, Heads = 2, Context = 96 }) with { Tokenizer = null, Continues = "given", Seed = 2 }, ("base", _jobs.Output("source")));
        _jobs.Complete("same", Difference(1), From("source"));
        var carried = _jobs.Complete("carried", Difference(1), From("updated"));
        _jobs.Complete("half", Difference(0.5), From("updated"));

        double tuned = Bits("tuned"), bare = Bits("updated"), half = Bits("half"), whole = Bits("carried");
        Assert.Equal((ArtifactKind.Model, "llama"), (carried.Kind, carried.Attributes[AttributeNames.Family]));
        Assert.Equal(tuned, Bits("same"), 1e-5 * tuned);
        Assert.True(whole < half && half < bare - 0.2, $"{bare} to {half} and {whole}");
    }

    [Fact]
    public void Run_DifferenceThatDoesNotFit_NamesTheTensors()
    {
        _jobs.Complete("other", TinyLanguage.Pretraining(_jobs.Texts(), new Gpt2Spec { Layers = 1, Width = 24, Heads = 2, Context = 64 }));
        _jobs.Complete("wide", TinyLanguage.Pretraining(_jobs.Texts(), new LlamaSpec { Layers = 2, Width = 16, Heads = 2, Context = 64, Inner = 40 }));

        Assert.Contains("model.embed_tokens.weight (the source: [", Refusal(Difference(1), ("base", "other"), ("tuned", "source"), ("source", "source")), StringComparison.Ordinal);
        string wide = Refusal(Difference(1), ("base", "wide"), ("tuned", "source"), ("source", "source"));
        Assert.Contains("6 tensors do not fit: ", wide, StringComparison.Ordinal);
        Assert.Contains("model.layers.0.mlp.down_proj.weight (the source: [16, 48], the model: [16, 40])", wide, StringComparison.Ordinal);
        Assert.Contains("would equal the bare target", Refusal(Difference(1), ("base", "source"), ("tuned", "source"), ("source", "source")), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_MergedPatch_EqualsThePatchThatHangs()
    {
        _jobs.Complete("patch", Tuning(new LoraMethod { Rank = 4 }), ("base", _jobs.Output("source")));
        _jobs.Complete("merged", new MergingSpec { Base = "given", Patch = "given" }, ("base", _jobs.Output("source")), ("patch", _jobs.Output("patch")));

        double hung = Judge("hung", Evaluation with { Patch = "given" }, ("subject", "source"), ("patch", "patch")), merged = Bits("merged");

        Assert.Equal(hung, merged, 1e-5 * hung);
        Assert.True(merged < Bits("source") - 0.1, $"{Bits("source")} to {merged}");
    }

    [Theory]
    [InlineData("patch")]
    [InlineData("reward")]
    [InlineData("lora reward")]
    public void Run_RandomControl_HasTheShapesAndNormsAndOtherNumbers(string what)
    {
        var kind = what == "patch" ? ArtifactKind.Patch : ArtifactKind.Reward;
        JobSpec learnt = what == "patch" ? Tuning(new LoraMethod { Rank = 4 }) : new RewardTuningSpec { Data = _jobs.Pairs(), Source = "given", Recipe = TinyLanguage.Recipe, Method = what == "reward" ? null : new LoraMethod { Rank = 4 } };
        _jobs.Complete("learnt", learnt, (what == "patch" ? "base" : "source", _jobs.Output("source")));
        var spec = new RandomControlSpec { Artifact = "given", ArtifactKind = kind };
        foreach (var (name, seed) in new[] { ("one", 1), ("again", 1), ("two", 2) })
            Assert.Equal(kind, _jobs.Complete(name, spec with { Seed = seed }, (RandomControlSpec.Input, _jobs.Output("learnt"))).Kind);

        using var scope = NewDisposeScope();
        string file = what == "reward" ? "model.safetensors" : "adapter_model.safetensors";
        var (own, one, two) = (Tensors("learnt", file), Tensors("one", file), Tensors("two", file));
        Assert.Equal(own.Keys, one.Keys);
        foreach (var (name, value) in own)
        {
            Assert.Equal(value.shape, one[name].shape);
            Assert.Equal(value.norm().item<float>(), one[name].norm().item<float>(), 1e-4 * value.norm().item<float>());
            Assert.False(one[name].equal(two[name]).all().item<bool>() && value.norm().item<float>() > 0, name);
        }
        Assert.Equal(TinyJobs.Files(_jobs.Output("one")), TinyJobs.Files(_jobs.Output("again")));
        var evaluation = kind == ArtifactKind.Patch ? Evaluation with { Patch = "given" } : Evaluation with { Rewards = [new RewardUse { Reward = "given", Source = what == "reward" ? null : "given" }] };
        double random = Judge("judged", evaluation, ("subject", "source"), ("patch", "one"), ("reward0", "one"), ("reward0Source", "source"));
        Assert.True(random > Judge("judged-learnt", evaluation, ("subject", "source"), ("patch", "learnt"), ("reward0", "learnt"), ("reward0Source", "source")), $"{random}");
    }

    /// <summary>What is scored is the same behind examples, and which ones are shown follows from the seed.</summary>
    [Fact]
    public void Run_FewShot_ReadsExamplesBeforeEachText()
    {
        var shown = new FewShot { Data = _jobs.Texts(), Count = 2, Seed = 1 };
        var spec = Evaluation with { Data = _jobs.Texts(Split.Test) with { MaxTokens = 30 } };
        var bare = _jobs.Complete("bare", spec, ("subject", _jobs.Output("source")));
        var one = _jobs.Complete("one", spec with { FewShot = shown with { Count = 1 } }, ("subject", _jobs.Output("source")));
        var again = _jobs.Complete("again", spec with { FewShot = shown with { Count = 1 } }, ("subject", _jobs.Output("source")));
        var other = _jobs.Complete("other", spec with { FewShot = shown with { Count = 1, Seed = 3 } }, ("subject", _jobs.Output("source")));

        Assert.Equal((bare.Metrics[MetricNames.Bytes], bare.Metrics[MetricNames.Tokens]), (one.Metrics[MetricNames.Bytes], one.Metrics[MetricNames.Tokens]));
        Assert.NotEqual(bare.Metrics[MetricNames.BitsPerByte], one.Metrics[MetricNames.BitsPerByte], 1e-3);
        Assert.Equal(one.Metrics[MetricNames.BitsPerByte], again.Metrics[MetricNames.BitsPerByte]);
        Assert.NotEqual(one.Metrics[MetricNames.BitsPerByte], other.Metrics[MetricNames.BitsPerByte], 1e-6);
        Assert.Contains("do not fit into the model's context of 96", Refusal(spec with { FewShot = shown with { Count = 9 } }, ("subject", "source")), StringComparison.Ordinal);
        Assert.Contains("fewShot shows 99 examples", Refusal(spec with { FewShot = shown with { Count = 99 } }, ("subject", "source")), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_FewShot_StandsBeforeChoicesAndPrompts()
    {
        var shown = new FewShot { Data = _jobs.Pairs(), Count = 1 };
        var choices = new EvaluationSpec { Data = _jobs.Choices(), Subject = "given" };

        Assert.InRange(_jobs.Complete("choices", choices with { FewShot = shown }, ("subject", _jobs.Output("source"))).Metrics[MetricNames.Accuracy], 0, 1);
        Assert.Contains("do not fit", Refusal(choices with { FewShot = shown with { Count = 5 } }, ("subject", "source")), StringComparison.Ordinal);
        var asked = new GenerationSpec { Model = "given", Prompts = ["The owl"], MaxTokens = 4 };
        var (alone, behind) = (Prompt("alone", asked), Prompt("behind", asked with { FewShot = shown }));
        Assert.True(behind > alone, $"{alone} and {behind}");
    }

    private static EvaluationSpec Evaluation { get; } = new() { Data = null!, Subject = "given" };

    private static MergingSpec Difference(double weight) => new() { Base = "given", Difference = new WeightDifference { Tuned = "given", Source = "other", Weight = weight } };

    private FineTuningSpec Tuning(TuningMethod method) => TinyLanguage.FineTuning(_jobs.Pairs(), method) with { Recipe = TinyLanguage.Recipe with { Steps = 40, LearningRate = 0.03 } };

    private (string, string)[] From(string target) => [("base", _jobs.Output(target)), ("tuned", _jobs.Output("tuned")), ("source", _jobs.Output("source"))];

    private double Bits(string subject) => Judge($"bits-{subject}", Evaluation, ("subject", subject));

    private double Judge(string name, EvaluationSpec spec, params (string Role, string Job)[] inputs)
    {
        spec = spec with { Data = spec.Data ?? _jobs.Pairs() };
        var roles = spec.Inputs().Select(input => input.Role).ToHashSet();
        return _jobs.Complete(name, spec, [.. inputs.Where(input => roles.Contains(input.Role)).Select(input => (input.Role, _jobs.Output(input.Job)))]).Metrics[MetricNames.BitsPerByte];
    }

    private int Prompt(string name, GenerationSpec spec)
    {
        _jobs.Complete(name, spec, ("model", _jobs.Output("source")));
        return File.ReadAllText(Path.Combine(_jobs.Output(name), "generations.jsonl")).Length;
    }

    private string Refusal(JobSpec spec, params (string Role, string Job)[] inputs) =>
        Assert.ThrowsAny<LearningException>(() => JobRunner.Run(_jobs.Run("refused", spec, [.. inputs.Select(input => (input.Role, _jobs.Output(input.Job)))]))).Message;

    private SortedDictionary<string, Tensor> Tensors(string job, string name)
    {
        using var file = SafetensorsFile.Open(Path.Combine(_jobs.Output(job), name));
        return new(file.Header.Entries.Keys.ToDictionary(key => key, key => file.Tensor(key).clone()));
    }
}
