using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;
using Ptune.Learning.Jobs;
using Ptune.Learning.Transfer.Language;

namespace Ptune.Learning.Tests.Jobs.Language;

/// <summary>Rewards over labels and choices from spec to artifact, carried between a language model and a classifier, which have neither tokens nor shapes in common.</summary>
public sealed class AnswerRewardJobsTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TinyLanguage _jobs;
    private readonly DataSpec _data;

    public AnswerRewardJobsTests()
    {
        _jobs = new TinyLanguage(_folder.Path);
        // The label is told by the place.
        _data = _jobs.Labelled("a", "b") with { MaxTokens = 40 };
        _jobs.Complete("decoder", TinyLanguage.Pretraining(_jobs.Texts()));
        string bert = TinyClassifier.Write(_jobs.Output("bert"), TinyClassifier.Words());
        // One small step gives it the data's labels.
        _jobs.Complete("classifier", TinyLanguage.FineTuning(_data) with { Recipe = TinyLanguage.Recipe with { Steps = 1, LearningRate = 1e-5 } }, ("base", bert));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("decoder", "classifier", "full", RewardInitialization.Source)]
    [InlineData("decoder", "decoder", "lora", RewardInitialization.Source)]
    [InlineData("decoder", "classifier", "full", RewardInitialization.Scratch)]
    [InlineData("classifier", "decoder", "full", RewardInitialization.ZeroHead)]
    [InlineData("classifier", "decoder", "lora", RewardInitialization.Source)]
    public void Run_LabelReward_LearnsAndIsCarried(string source, string target, string method, RewardInitialization initialization)
    {
        var done = _jobs.Complete("reward", Reward(source, method) with { Initialization = initialization, Lambda = 0.5 }, ("source", _jobs.Output(source)));

        Assert.Equal((ArtifactKind.Reward, OutputSpace.OfLabels(["a", "b"])), (done.Kind, done.OutputSpace));
        Assert.Equal(["a", "b"], done.Labels);
        Assert.True(done.Metrics[MetricNames.FinalLoss] < done.Metrics[MetricNames.FirstLoss], $"{done.Metrics[MetricNames.FirstLoss]} to {done.Metrics[MetricNames.FinalLoss]}");
        double bare = Loss("bare", Evaluation, ("subject", target));
        var ported = Judged("ported", Evaluation with { Rewards = [Use(method)], Source = "given" }, ("subject", target), ("reward0", "reward"), ("reward0Source", source), ("source", source));
        double alone = Loss("alone", Evaluation with { Subject = null, Rewards = [Use(method)] }, ("reward0", "reward"), ("reward0Source", source));
        Assert.True(ported[MetricNames.Loss] < bare - 0.1, $"{bare} to {ported[MetricNames.Loss]}; in training {done.Metrics[MetricNames.FirstLoss]} to {done.Metrics[MetricNames.FinalLoss]}");
        Assert.NotEqual(alone, ported[MetricNames.Loss]);
        Assert.True(source == target ? ported[MetricNames.KlFromSource] == 0 : ported[MetricNames.KlFromSource] > 0);
        Assert.InRange(ported[MetricNames.CMean], 1, ported[MetricNames.CMax]);
        // The values of the examples are those of the mean.
        Assert.Equal(24 * 0.6, File.ReadLines(Path.Combine(_jobs.Output("ported"), "examples.jsonl")).Count(), 1.0);
    }

    /// <summary>What training saw is what the port on the source gives: the loss before the first step is that of the untrained reward beside its source.</summary>
    [Theory]
    [InlineData("decoder")]
    [InlineData("classifier")]
    public void Run_PortOnTheSource_HasTheLossOfTheTraining(string source)
    {
        var start = Reward(source, "full") with { Recipe = TinyLanguage.Recipe with { Steps = 1, BatchTokens = 100_000, LearningRate = 1e-9 } };

        var done = _jobs.Complete("reward", start, ("source", _jobs.Output(source)));

        double bare = Loss("bare", Evaluation, ("subject", source));
        double ported = Loss("ported", Evaluation with { Rewards = [Use("full")] }, ("subject", source), ("reward0", "reward"));
        Assert.Equal(done.Metrics[MetricNames.FirstLoss], ported, 1e-4);
        Assert.NotEqual(bare, ported, 1e-4);
        // Two rewards of half the weight are one.
        Assert.Equal(ported, Loss("halves", Evaluation with { Rewards = [Use("full") with { Weight = 0.5 }, Use("full") with { Weight = 0.5, Reward = "again" }] }, ("subject", source), ("reward0", "reward"), ("reward1", "reward")), 1e-6);
        if (source == "decoder") return;
        // A head of zeros says nothing, so that training begins at the source's own loss.
        Assert.Equal(bare, _jobs.Complete("zero", start with { Initialization = RewardInitialization.ZeroHead }, ("source", _jobs.Output(source))).Metrics[MetricNames.FirstLoss], 1e-4);
    }

    /// <summary>Each network scores the texts once, whatever it is combined with, and the figures are those of networks that score them each time.</summary>
    [Fact]
    public void Run_CellsOfAMatrix_ScoreOnceANetworkAndGiveTheSameBytes()
    {
        var reward = Reward("decoder", "lora") with { Recipe = TinyLanguage.Recipe with { Steps = 2 } };
        _jobs.Complete("reward", reward, ("source", _jobs.Output("decoder")));
        // The tuning scored its source's examples, which are asked below.
        Assert.Single(Kept);
        (string, string)[] carried = [("reward0", "reward"), ("reward0Source", "decoder")];
        (string Name, EvaluationSpec Spec, (string, string)[] Inputs)[] cells =
        [
            .. from target in new[] { "decoder", "classifier" } select ($"{target}-bare", Evaluation, new[] { ("subject", target) }),
            .. from target in new[] { "decoder", "classifier" } select ($"{target}-ported", Evaluation with { Rewards = [Use("lora")] }, new[] { ("subject", target), carried[0], carried[1] }),
            ("alone", Evaluation with { Subject = null, Rewards = [Use("lora")] }, carried),
        ];

        foreach (var (name, spec, inputs) in cells) Judged(name, spec, inputs);

        // Two targets, of which one is the source, and the reward.
        Assert.Equal(3, Kept.Length);
        foreach (var (name, spec, inputs) in cells)
        {
            Directory.Delete(States, recursive: true);
            Judged($"{name}-plain", spec, inputs);
            Assert.Equal(TinyJobs.Files(_jobs.Output($"{name}-plain")), TinyJobs.Files(_jobs.Output(name)));
        }

        Directory.Delete(States, recursive: true);
        _jobs.Complete("again", reward, ("source", _jobs.Output("decoder")));
        Assert.Equal(TinyJobs.Files(_jobs.Output("reward")), TinyJobs.Files(_jobs.Output("again")));
    }

    [Fact]
    public void Run_Emulated_IsCarriedToAnotherTokenizer()
    {
        _jobs.Complete("tuned", TinyLanguage.FineTuning(_data) with { Recipe = TinyLanguage.Recipe with { Steps = 150 } }, ("base", _jobs.Output("decoder")));
        var spec = Evaluation with { Emulated = new EmulatedUse { Tuned = "given", Source = "other" } };

        double tuned = Loss("asked", Evaluation, ("subject", "tuned"));
        double emulated = Loss("emulated", spec, ("subject", "decoder"), ("emulatedTuned", "tuned"), ("emulatedSource", "decoder"));
        double carried = Loss("carried", spec, ("subject", "classifier"), ("emulatedTuned", "tuned"), ("emulatedSource", "decoder"));

        Assert.Equal(tuned, emulated, 1e-4);
        Assert.True(carried < Loss("bare", Evaluation, ("subject", "classifier")) - 0.2, $"{carried}");
        Assert.Contains("does nothing", Refusal(spec, ("subject", "classifier"), ("emulatedTuned", "decoder"), ("emulatedSource", "decoder")), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ChoiceReward_IsCarriedToAnotherTokenizer()
    {
        _jobs.Complete("target", TinyLanguage.Pretraining(_jobs.Texts(), new Gpt2Spec { Layers = 1, Width = 24, Heads = 2, Context = 64 }) with { Tokenizer = TinyLanguage.Tokenizer with { Vocabulary = 300 } });
        var choices = _jobs.Choices();
        var done = _jobs.Complete("reward", Reward("decoder", "full") with { Data = choices, Recipe = TinyLanguage.Recipe with { Steps = 300, LearningRate = 0.02 } }, ("source", _jobs.Output("decoder")));
        var spec = Evaluation with { Data = choices };

        double bare = Accuracy("bare", spec, ("subject", "target"));
        double ported = Accuracy("ported", spec with { Rewards = [Use("full")] }, ("subject", "target"), ("reward0", "reward"));

        Assert.Null(done.OutputSpace);
        Assert.True(ported > bare + 0.4, $"{bare} to {ported}; loss {done.Metrics[MetricNames.FirstLoss]} to {done.Metrics[MetricNames.FinalLoss]}");
        Assert.Contains("over the choices of questions", Refusal(Evaluation with { Rewards = [Use("full")] }, ("subject", "decoder"), ("reward0", "reward")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("decoder", "full", ComputeType.Float32)]
    [InlineData("decoder", "lora", ComputeType.Bfloat16)]
    [InlineData("classifier", "full", ComputeType.Bfloat16)]
    [InlineData("classifier", "lora", ComputeType.Float32)]
    public void Run_StoppedAndResumed_EndsInTheSameBytes(string source, string method, ComputeType type)
    {
        var recipe = TinyLanguage.Recipe with { Steps = 12, Dtype = type, Dropout = 0.1, Recompute = true, LabelSmoothing = 0.1, EarlyStopping = new EarlyStoppingSpec { Patience = 9, EverySteps = 3, Count = 4 } };
        var spec = Reward(source, method) with { Recipe = recipe };
        _jobs.Complete("whole", spec, ("source", _jobs.Output(source)));

        _jobs.AssertSameAfterAStop(spec, ("source", _jobs.Output(source)));
    }

    [Fact]
    public void Run_WhatDoesNotFit_IsRefusedInWords()
    {
        _jobs.Complete("reward", Reward("decoder", "full") with { Recipe = TinyLanguage.Recipe with { Steps = 1 } }, ("source", _jobs.Output("decoder")));
        _jobs.Complete("tokens", new RewardTuningSpec { Data = _jobs.Pairs(), Source = "given", Recipe = TinyLanguage.Recipe with { Steps = 1 } }, ("source", _jobs.Output("decoder")));
        var ported = Evaluation with { Rewards = [Use("full")] };
        (string, string)[] both = [("subject", "decoder"), ("reward0", "reward")];

        Assert.Contains("in another order: [a, b] and [b, a]", Refusal(ported with { Data = Named("b", "a") }, both), StringComparison.Ordinal);
        Assert.Contains("It lacks [c].", Refusal(ported with { Data = Named("a", "b", "c") }, both), StringComparison.Ordinal);
        Assert.Contains("over labels, not over tokens", Refusal(ported with { Data = _jobs.Pairs() }, both), StringComparison.Ordinal);
        Assert.Contains("over labels, not over tokens", Refusal(new GenerationSpec { Model = "given", Rewards = [Use("full")], Prompts = ["The"] }, ("model", "decoder"), ("reward0", "reward")), StringComparison.Ordinal);
        Assert.Contains("Use rewards of one kind", Refusal(ported with { Rewards = [Use("full"), Use("full") with { Reward = "other" }] }, [.. both, ("reward1", "tokens")]), StringComparison.Ordinal);
        Assert.Contains("zeroHead is not available", Refusal(Reward("decoder", "full") with { Initialization = RewardInitialization.ZeroHead }, ("source", "decoder")), StringComparison.Ordinal);
        Assert.Contains("the data have no labels", Refusal(Reward("classifier", "full") with { Data = _jobs.Choices() }, ("source", "classifier")), StringComparison.Ordinal);
        Assert.Contains("leaves no room for a text", Refusal(Evaluation with { Data = _data with { MaxTokens = 2 } }, ("subject", "decoder")), StringComparison.Ordinal);
    }

    private string States => Path.Combine(_folder.Path, "cache", "states");

    private string[] Kept => Directory.Exists(States) ? Directory.GetFiles(States, "*.safetensors") : [];

    private EvaluationSpec Evaluation => new() { Data = _data, Subject = "given" };

    private static RewardUse Use(string method) => new() { Reward = "given", Source = method == "lora" ? "given" : null };

    private RewardTuningSpec Reward(string source, string method) => new()
    {
        Data = _data,
        Source = "given",
        Recipe = TinyLanguage.Recipe with { Steps = method == "lora" ? 200 : 60, LearningRate = method == "lora" ? 0.02 : 0.01 },
        Method = method == "full" ? new FullMethod() : new LoraMethod { Rank = 4, Targets = source == "decoder" ? LoraMethod.AllLinear : "query, value" },
    };

    // The same files with other labels declared.
    private DataSpec Named(params string[] labels) => _data with { Dataset = (TextDatasetSpec)_data.Dataset with { Labels = labels } };

    private double Loss(string name, JobSpec spec, params (string Role, string Job)[] inputs) => Judged(name, spec, inputs)[MetricNames.Loss];

    private double Accuracy(string name, JobSpec spec, params (string Role, string Job)[] inputs) => Judged(name, spec, inputs)[MetricNames.Accuracy];

    private IReadOnlyDictionary<string, double> Judged(string name, JobSpec spec, params (string Role, string Job)[] inputs) => _jobs.Complete(name, spec, Folders(spec, inputs)).Metrics;

    private string Refusal(JobSpec spec, params (string Role, string Job)[] inputs) =>
        Assert.ThrowsAny<LearningException>(() => JobRunner.Run(_jobs.Run("refused", spec, Folders(spec, inputs)))).Message;

    private (string, string)[] Folders(JobSpec spec, (string Role, string Job)[] inputs) =>
        [.. inputs.Where(input => spec.Inputs().Any(wanted => wanted.Role == input.Role)).Select(input => (input.Role, _jobs.Output(input.Job)))];
}
