using System.Text.Json;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Learning.Jobs;
using Ptune.Learning.Transfer.Language;

namespace Ptune.Learning.Tests.Jobs.Language;

/// <summary>Rewards of texts from spec to artifact, and models that are judged with them.</summary>
public sealed class RewardJobsTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TinyLanguage _jobs;

    public RewardJobsTests()
    {
        _jobs = new TinyLanguage(_folder.Path);
        _jobs.Complete("source", TinyLanguage.Pretraining(_jobs.Texts()));
        _jobs.Complete("target", TinyLanguage.Pretraining(_jobs.Texts(), new Gpt2Spec { Layers = 1, Width = 24, Heads = 2, Context = 64 }));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("full", RewardInitialization.Source)]
    [InlineData("full", RewardInitialization.ZeroHead)]
    [InlineData("full", RewardInitialization.Scratch)]
    [InlineData("lora", RewardInitialization.Source)]
    public void Run_Reward_LearnsAndIsCarriedToAnotherArchitecture(string method, RewardInitialization initialization)
    {
        var done = _jobs.Complete("reward", Reward(method) with { Initialization = initialization, Lambda = 0.5 }, ("source", _jobs.Output("source")));

        Assert.True(done.Metrics[MetricNames.FinalLoss] < done.Metrics[MetricNames.FirstLoss], $"{done.Metrics[MetricNames.FirstLoss]} to {done.Metrics[MetricNames.FinalLoss]}");
        Assert.Equal((ArtifactKind.Reward, "0.5", method), (done.Kind, done.Attributes[AttributeNames.Lambda], done.Attributes[AttributeNames.Method]));
        Assert.Equal(DigestOf("source"), done.Attributes[AttributeNames.Base]);
        Assert.StartsWith("sha256:", done.OutputSpace, StringComparison.Ordinal);
        double bare = Judge("bare", new EvaluationSpec { Data = _jobs.Pairs(), Subject = "given" }, ("subject", "target"));
        double ported = Judge("ported", new EvaluationSpec { Data = _jobs.Pairs(), Subject = "given", Rewards = [Use(method)] }, ("subject", "target"), ("reward0", "reward"));
        Assert.True(ported < bare - (method == "lora" ? 0.1 : 0.3), $"{bare} to {ported}");
    }

    /// <summary>A reward smaller than its source and of another family has the source's tokens, so it is carried as any other.</summary>
    [Fact]
    public void Run_RewardOfAnotherArchitecture_IsSmallerAndIsCarried()
    {
        var own = new Gpt2Spec { Layers = 1, Width = 8, Heads = 2, Context = 64 };
        var spec = Reward("full") with { Initialization = RewardInitialization.Scratch, Architecture = own, Recipe = TinyLanguage.Recipe with { Steps = 60, LearningRate = 0.03 } };

        var done = _jobs.Complete("reward", spec, ("source", _jobs.Output("source")));

        Assert.Equal("gpt2", done.Attributes[AttributeNames.Family]);
        long Bytes(string job) => new FileInfo(Path.Combine(_jobs.Output(job), "model.safetensors")).Length;
        Assert.True(Bytes("reward") < 0.7 * Bytes("source"), $"{Bytes("source")} to {Bytes("reward")}");
        double bare = Judge("bare", new EvaluationSpec { Data = _jobs.Pairs(), Subject = "given" }, ("subject", "target"));
        double ported = Judge("ported", new EvaluationSpec { Data = _jobs.Pairs(), Subject = "given", Rewards = [Use("full")] }, ("subject", "target"), ("reward0", "reward"));
        Assert.True(ported < bare - 0.3, $"{bare} to {ported}");
        Assert.Contains("initialization: scratch", Refusal(spec with { Initialization = RewardInitialization.Source }, ("source", "source")), StringComparison.Ordinal);
    }

    /// <summary>A head of zeros says nothing, so that training begins at the source's own loss; a copy of the source at that of its square.</summary>
    [Fact]
    public void Run_ZeroHead_BeginsAtTheSourcesLoss()
    {
        var none = TinyLanguage.Recipe with { Steps = 1, LearningRate = 1e-6 };

        double zero = _jobs.Complete("zero", Reward("full") with { Initialization = RewardInitialization.ZeroHead, Recipe = none }, ("source", _jobs.Output("source"))).Metrics[MetricNames.FirstLoss];
        double copy = _jobs.Complete("copy", Reward("full") with { Recipe = none }, ("source", _jobs.Output("source"))).Metrics[MetricNames.FirstLoss];
        double lora = _jobs.Complete("lora", Reward("lora") with { Recipe = none }, ("source", _jobs.Output("source"))).Metrics[MetricNames.FirstLoss];
        double tuned = _jobs.Complete("tuned", TinyLanguage.FineTuning(_jobs.Pairs()) with { Recipe = none }, ("base", _jobs.Output("source"))).Metrics[MetricNames.FirstLoss];

        Assert.Equal(tuned, zero, 1e-5);
        Assert.NotEqual(tuned, copy, 1e-3);
        Assert.Equal(copy, lora, 1e-5);
    }

    [Theory]
    [InlineData("full", ComputeType.Float32)]
    [InlineData("lora", ComputeType.Float32)]
    [InlineData("full", ComputeType.Bfloat16)]
    public void Run_RewardStoppedAndResumed_EndsInTheSameBytes(string method, ComputeType type)
    {
        var spec = Reward(method) with { Recipe = TinyLanguage.Recipe with { Dtype = type, Dropout = 0.1, Recompute = true } };
        _jobs.Complete("whole", spec, ("source", _jobs.Output("source")));
        _jobs.Complete("again", spec, ("source", _jobs.Output("source")));
        using var stop = new CancellationTokenSource();
        var run = _jobs.Run("cut", spec, ("source", _jobs.Output("source"))) with { JobId = "default.whole", Stop = stop.Token, OnProgress = progress => { if (progress.Step == 7) stop.Cancel(); } };
        var stopped = Assert.IsType<JobOutcome.Stopped>(JobRunner.Run(run));
        Assert.Equal(7, stopped.Step);
        Assert.IsType<JobOutcome.Completed>(JobRunner.Run(_jobs.Run("on", spec, ("source", _jobs.Output("source"))) with { JobId = "default.whole", Checkpoint = stopped.Checkpoint }));

        Assert.Equal(TinyJobs.Files(_jobs.Output("whole")), TinyJobs.Files(_jobs.Output("again")));
        Assert.Equal(TinyJobs.Files(_jobs.Output("whole")), TinyJobs.Files(_jobs.Output("on")));
    }

    [Fact]
    public void Run_EarlyStopping_LooksAtTheRewardBesideItsSource()
    {
        var early = TinyLanguage.Recipe with { Steps = 200, LearningRate = 0.1, Schedule = LearningRateSchedule.Constant, EarlyStopping = new EarlyStoppingSpec { Patience = 2, EverySteps = 5, Count = 5 } };

        var done = _jobs.Complete("reward", new RewardTuningSpec { Data = _jobs.Texts(), Source = "given", Initialization = RewardInitialization.ZeroHead, Recipe = early }, ("source", _jobs.Output("source")));

        Assert.True(done.Metrics[MetricNames.Steps] < 200, $"{done.Metrics[MetricNames.Steps]}");
        Assert.True(done.Metrics[MetricNames.ValidationLoss] < done.Metrics[MetricNames.FirstLoss], $"{done.Metrics[MetricNames.FirstLoss]} and {done.Metrics[MetricNames.ValidationLoss]}");
    }

    /// <summary>Two rewards of half the weight are one; a weight counts; each reward keeps its lambda.</summary>
    [Fact]
    public void Run_Weights_AreThoseOfTheSum()
    {
        _jobs.Complete("reward", Reward("full"), ("source", _jobs.Output("source")));
        var spec = new EvaluationSpec { Data = _jobs.Pairs(), Subject = "given", Rewards = [Use("full")] };

        double whole = Judge("whole", spec, ("subject", "target"), ("reward0", "reward"));
        double halves = Judge("halves", spec with { Rewards = [Use("full") with { Weight = 0.5 }, Use("full") with { Weight = 0.5, Reward = "again" }] }, ("subject", "target"), ("reward0", "reward"), ("reward1", "reward"));
        double half = Judge("half", spec with { Rewards = [Use("full") with { Weight = 0.5 }] }, ("subject", "target"), ("reward0", "reward"));

        Assert.Equal(whole, halves, 1e-5 * whole);
        Assert.NotEqual(whole, half, 1e-3);
    }

    [Fact]
    public void Run_Scoring_EqualsTheEvaluation()
    {
        _jobs.Complete("reward", Reward("lora"), ("source", _jobs.Output("source")));
        (string, string)[] inputs = [("subject", "target"), ("reward0", "reward"), ("reward0Source", "source")];

        double judged = Judge("judged", new EvaluationSpec { Data = _jobs.Pairs(), Subject = "given", Rewards = [Use("lora")] }, inputs);
        double scored = Judge("scored", new ScoringSpec { Data = _jobs.Pairs(), Subject = "given", Rewards = [Use("lora")] }, inputs);

        Assert.Equal(judged, scored);
    }

    /// <summary>A target that is the source gives what the training saw: the loss of the port on its own source is the loss of the training.</summary>
    [Fact]
    public void Run_EvaluationOnTheSource_GivesTheTrainedLoss()
    {
        var done = _jobs.Complete("reward", Reward("full") with { Recipe = TinyLanguage.Recipe with { Steps = 200 } }, ("source", _jobs.Output("source")));

        var judged = _jobs.Complete("judged", new EvaluationSpec { Data = _jobs.Pairs(), Subject = "given", Rewards = [Use("full")] }, ("subject", _jobs.Output("source")), ("reward0", _jobs.Output("reward")));

        Assert.Equal(done.Metrics[MetricNames.FinalLoss], judged.Metrics[MetricNames.Loss], 0.02);
        Assert.Equal((0, 0), (judged.Metrics[MetricNames.TokensWithoutReward], judged.Metrics[MetricNames.TokensUnknownToReward]));
    }

    [Theory]
    [InlineData("full")]
    [InlineData("lora")]
    public void Run_RewardAlone_IsJudgedWithoutASubject(string method)
    {
        _jobs.Complete("reward", Reward(method), ("source", _jobs.Output("source")));

        double alone = Judge("alone", new EvaluationSpec { Data = _jobs.Pairs(), Rewards = [Use(method)] }, ("reward0", "reward"), ("reward0Source", "source"));
        double ported = Judge("ported", new EvaluationSpec { Data = _jobs.Pairs(), Subject = "given", Rewards = [Use(method)] }, ("subject", "source"), ("reward0", "reward"), ("reward0Source", "source"));

        Assert.NotEqual(alone, ported, 1e-3);
        if (method == "full") Assert.Equal(Judge("as-model", new ScoringSpec { Data = _jobs.Pairs(), Subject = "given", SubjectKind = ArtifactKind.Reward }, ("subject", "reward")), alone, 1e-5 * alone);
    }

    [Fact]
    public void Run_Emulated_OnTheSourceIsTheTunedSource()
    {
        _jobs.Complete("tuned", TinyLanguage.FineTuning(_jobs.Pairs()), ("base", _jobs.Output("source")));
        var spec = new EvaluationSpec { Data = _jobs.Pairs(), Subject = "given", Emulated = new EmulatedUse { Tuned = "given", Source = "other" } };

        double tuned = Judge("plain", new EvaluationSpec { Data = _jobs.Pairs(), Subject = "given" }, ("subject", "tuned"));
        double emulated = Judge("emulated", spec, ("subject", "source"), ("emulatedTuned", "tuned"), ("emulatedSource", "source"));
        double carried = Judge("carried", spec, ("subject", "target"), ("emulatedTuned", "tuned"), ("emulatedSource", "source"));
        double bare = Judge("bare", spec with { Emulated = null }, ("subject", "target"));

        Assert.Equal(tuned, emulated, 1e-5 * tuned);
        Assert.True(carried < bare - 0.3, $"{bare} to {carried}");
        Assert.Contains("does nothing", Refusal(spec, ("subject", "target"), ("emulatedTuned", "source"), ("emulatedSource", "source")), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OtherTasks_ReadTheReward()
    {
        _jobs.Complete("reward", Reward("full") with { Initialization = RewardInitialization.ZeroHead, Recipe = TinyLanguage.Recipe with { Steps = 150 } }, ("source", _jobs.Output("source")));
        (string, string)[] inputs = [("subject", _jobs.Output("target")), ("reward0", _jobs.Output("reward"))];
        var exact = new EvaluationSpec { Data = _jobs.Pairs(), Subject = "given", Task = new ExactMatchTask { MaxTokens = 20 } };

        Assert.Equal(0, _jobs.Complete("bare", exact, inputs[0]).Metrics[MetricNames.ExactMatch]);
        Assert.True(_jobs.Complete("exact", exact with { Rewards = [Use("full")] }, inputs).Metrics[MetricNames.ExactMatch] > 0.8);
        Assert.InRange(_jobs.Complete("choices", new EvaluationSpec { Data = _jobs.Choices(), Subject = "given", Rewards = [Use("full")] }, inputs).Metrics[MetricNames.Accuracy], 0, 1);
        var generation = new GenerationSpec { Model = "given", Prompts = ["Where is the owl?\n"], MaxTokens = 20 };
        (string, string)[] asked = [("model", _jobs.Output("target")), ("reward0", _jobs.Output("reward"))];
        _jobs.Complete("generated", generation with { Rewards = [Use("full")] }, asked);
        Assert.Equal("The owl is here.", JsonDocument.Parse(File.ReadLines(Path.Combine(_jobs.Output("generated"), "generations.jsonl")).First()).RootElement.GetProperty("text").GetString());
    }

    [Fact]
    public void Run_LoraRewardWithoutItsSource_IsRefusedAndNamesIt()
    {
        _jobs.Complete("reward", Reward("lora"), ("source", _jobs.Output("source")));
        var spec = new EvaluationSpec { Data = _jobs.Pairs(), Subject = "given", Rewards = [new RewardUse { Reward = "given" }] };

        Assert.Contains($"source: {DigestOf("source")}", Refusal(spec, ("subject", "target"), ("reward0", "reward")), StringComparison.Ordinal);
        Assert.Contains("has other weights", Refusal(spec with { Rewards = [Use("lora")] }, ("subject", "target"), ("reward0", "reward"), ("reward0Source", "target")), StringComparison.Ordinal);
        Assert.Contains("no reward of texts", Refusal(spec, ("subject", "target"), ("reward0", "target")), StringComparison.Ordinal);
        Assert.Contains("LoRA reward, which needs its source", Refusal(new ScoringSpec { Data = _jobs.Pairs(), Subject = "given", SubjectKind = ArtifactKind.Reward }, ("subject", "reward")), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_AnotherVocabularyOfTheSameSize_IsRefusedWithItsTokens()
    {
        _jobs.Complete("reward", Reward("full"), ("source", _jobs.Output("source")));
        string path = Path.Combine(_jobs.Output("reward"), "tokenizer.json");
        var tokenizer = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(path))!;
        var vocabulary = tokenizer["model"]!["vocab"]!.AsObject();
        (int one, int other) = (vocabulary["A"]!.GetValue<int>(), vocabulary["B"]!.GetValue<int>());
        (vocabulary["A"], vocabulary["B"]) = (other, one);
        File.WriteAllText(path, tokenizer.ToJsonString());

        string refusal = Refusal(new EvaluationSpec { Data = _jobs.Pairs(), Subject = "given", Rewards = [Use("full")] }, ("subject", "target"), ("reward0", "reward"));

        Assert.Contains("2 mean another token.", refusal, StringComparison.Ordinal);
        Assert.Contains($"{Math.Min(one, other)} is '", refusal, StringComparison.Ordinal);
    }

    private static RewardUse Use(string method) => new() { Reward = "given", Source = method == "lora" ? "given" : null };

    private RewardTuningSpec Reward(string method) => new()
    {
        Data = _jobs.Pairs(),
        Source = "given",
        Recipe = TinyLanguage.Recipe with { Steps = 40, LearningRate = method == "lora" ? 0.05 : 0.01 },
        Method = method == "lora" ? new LoraMethod { Rank = 4 } : new FullMethod(),
    };

    private string DigestOf(string name) => Digest.Of(name);

    private double Judge(string name, JobSpec spec, params (string Role, string Job)[] inputs) => _jobs.Complete(name, spec, Folders(spec, inputs)).Metrics[MetricNames.BitsPerByte];

    private string Refusal(JobSpec spec, params (string Role, string Job)[] inputs) =>
        Assert.ThrowsAny<LearningException>(() => JobRunner.Run(_jobs.Run("refused", spec, Folders(spec, inputs)))).Message;

    // A LoRA reward's source stands beside it wherever it is used.
    private (string, string)[] Folders(JobSpec spec, (string Role, string Job)[] inputs)
    {
        var all = inputs.Select(input => (input.Role, _jobs.Output(input.Job))).ToList();
        if (spec.Inputs().Any(input => input.Role == "reward0Source") && all.All(input => input.Role != "reward0Source")) all.Add(("reward0Source", _jobs.Output("source")));
        return [.. all];
    }
}
