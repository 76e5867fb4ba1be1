using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Estimates;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;

namespace Ptune.Contracts.Tests.Estimates;

public sealed class JobEstimateTests
{
    private static readonly LlamaSpec Llama = new() { Layers = 3, Width = 96, Context = 256 };

    private static readonly DataSpec Texts = new()
    {
        Dataset = new TextDatasetSpec { Name = "texts", Location = "/data", Files = [new DataFile { Path = "a.jsonl", Sha256 = new string('0', 64) }] },
        Split = Split.Tuning,
        MaxTokens = 256,
    };

    private static readonly PretrainingSpec Pretraining = (PretrainingSpec)TextDefaults.Fill(new PretrainingSpec
    {
        Data = Texts,
        Architecture = Llama,
        Recipe = new TrainingRecipe { BatchTokens = 2048 },
        Tokenizer = new TokenizerSpec { Location = "/data", File = new DataFile { Path = "tokenizer.json", Sha256 = new string('1', 64) }, Vocabulary = 2000 },
    });

    [Fact]
    public void Memory_Pretraining_IsThatOfAllWeightsAndItsMicroBatch()
    {
        var model = JobModels.Used(Pretraining, null)!;
        Assert.Equal(
            MemoryEstimate.Training(Assert.IsType<TransformerShape>(model.Shape), new TrainingLoad { Trainable = model.Shape.Parameters, FrozenBase = false, ComputeBytes = 4, Tokens = 2048 }),
            JobEstimate.Memory(Pretraining, model, []));
        var four = Pretraining with { Recipe = Pretraining.Recipe with { MicroBatch = 4 } };
        Assert.True(JobEstimate.Memory(four, model, []) < JobEstimate.Memory(Pretraining, model, []));
    }

    [Fact]
    public void Disk_Pretraining_IsTheModelAndTheCheckpointsThatAreKept()
    {
        var model = JobModels.Used(Pretraining, null)!;
        Assert.Equal(model.Shape.Parameters * (4 + (2 * 12)), JobEstimate.Disk(Pretraining, model, artifact: null));
        var half = Pretraining with { Recipe = Pretraining.Recipe with { Dtype = ComputeType.Bfloat16, EarlyStopping = new EarlyStoppingSpec() } };
        // The texts of the looks at the validation split are kept, too.
        Assert.Equal((model.Shape.Parameters * (2 + (2 * 16))) + (half.Recipe.EarlyStopping!.Count * 256 * 4), JobEstimate.Disk(half, model, artifact: null));
    }

    [Fact]
    public void Used_TokenizerOfUnknownSize_IsNotKnown()
    {
        var unknown = Pretraining with { Tokenizer = Pretraining.Tokenizer! with { Vocabulary = null } };
        Assert.Null(JobModels.Used(unknown, null));
        Assert.Null(JobEstimate.Memory(unknown, null, []));
        Assert.Null(JobEstimate.Disk(unknown, null, artifact: 1000));
    }

    [Fact]
    public void Tuning_Lora_NeedsLessThanAllWeights()
    {
        // Where weights and not activations are most of it.
        var model = new KnownModel(FreshShapes.Of(new LlamaSpec { Layers = 12, Width = 768 }, 32_000), 4);
        FineTuningSpec full = Tuning(new FullMethod()), lora = Tuning(new LoraMethod());
        Assert.True(JobEstimate.Memory(lora, model, []) < JobEstimate.Memory(full, model, []));
        Assert.Equal(Assert.IsType<TransformerShape>(model.Shape).LoraParameters(8) * (4 + (2 * 12)), JobEstimate.Disk(lora, model, artifact: null));
    }

    [Fact]
    public void Disk_Reward_CountsTheSourcesHiddenStates()
    {
        var model = JobModels.Made(Pretraining, null)!;
        var reward = (RewardTuningSpec)TextDefaults.Fill(new RewardTuningSpec { Data = Texts with { Count = 100 }, Source = "a@v1", Recipe = new TrainingRecipe { Steps = 1000, BatchTokens = 2048 } });
        var ofData = 100L * 256 * 96 * 4;
        Assert.Equal(ofData, JobEstimate.StateBytes(reward, model.Shape));
        Assert.Equal((model.Shape.Parameters * (4 + (2 * 12))) + ofData + (100L * 256 * 4), JobEstimate.Disk(reward, model, artifact: null));
        Assert.Equal(ofData / 2, JobEstimate.StateBytes(reward with { Recipe = reward.Recipe with { Dtype = ComputeType.Bfloat16 } }, model.Shape));
        Assert.Equal(10L * 2048 * 96 * 4, JobEstimate.StateBytes(reward with { Recipe = reward.Recipe with { Steps = 10 } }, model.Shape));
        Assert.Equal(JobEstimate.StateBudget, JobEstimate.StateBytes(reward with { Data = Texts, Recipe = reward.Recipe with { Steps = 100_000_000 } }, model.Shape));
    }

    [Fact]
    public void Disk_WeightsStoredInAnotherType_AreConverted()
    {
        var model = JobModels.Made(Pretraining with { Recipe = Pretraining.Recipe with { Dtype = ComputeType.Bfloat16 } }, null)!;
        Assert.Equal(2, model.StoredBytes);
        var evaluation = TextDefaults.Fill(new EvaluationSpec { Data = Texts, Subject = "a@v1" });
        Assert.Equal((model.Shape.Parameters * 4) + 1000, JobEstimate.Disk(evaluation, model, artifact: 1000));
        Assert.Equal(1000, JobEstimate.Disk(evaluation, model with { StoredBytes = 4 }, artifact: 1000));
        Assert.Null(JobEstimate.Disk(evaluation, model, artifact: null));
    }

    [Fact]
    public void Memory_Preferences_AreTwoResponsesAtOnce()
    {
        var model = JobModels.Made(Pretraining, null);
        var pairs = Texts with { Dataset = ((TextDatasetSpec)Texts.Dataset) with { Format = TextFormat.Preference } };
        Assert.True(JobEstimate.Memory(Tuning(new LoraMethod(), pairs), model, []) > JobEstimate.Memory(Tuning(new LoraMethod()), model, []) * 1.2);
    }

    [Fact]
    public void Memory_Reward_HoldsItsSourceOnce()
    {
        var model = JobModels.Made(Pretraining, null)!;
        RewardTuningSpec Reward(TuningMethod? method) => (RewardTuningSpec)TextDefaults.Fill(new RewardTuningSpec { Data = Texts, Source = "a@v1", Method = method, Recipe = new TrainingRecipe { BatchTokens = 2048 } });
        Assert.Equal(JobEstimate.Memory(Pretraining, model, []) + (model.Shape.Parameters * 4), JobEstimate.Memory(Reward(null), model, []));
        Assert.Equal(JobEstimate.Memory(Tuning(new LoraMethod()), model, []), JobEstimate.Memory(Reward(new LoraMethod()), model, []));
        Assert.Equal(model, JobModels.Made(Reward(null), model));
        Assert.Null(JobModels.Made(Reward(new LoraMethod()), model));
    }

    [Fact]
    public void Memory_RewardOfAnArchitectureOfItsOwn_IsTrainedAtItsSizeBesideTheSource()
    {
        var (source, small) = (new KnownModel(FreshShapes.Of(new LlamaSpec { Layers = 12, Width = 768 }, 2000), 4), new LlamaSpec { Layers = 2, Width = 64 });
        RewardTuningSpec Reward(ArchitectureSpec? own) => (RewardTuningSpec)TextDefaults.Fill(new RewardTuningSpec
        {
            Data = Texts,
            Source = "a@v1",
            Architecture = own,
            Initialization = RewardInitialization.Scratch,
            Recipe = new TrainingRecipe { BatchTokens = 2048 },
        });
        var shape = FreshShapes.Of(small, 2000);
        Assert.Equal(new KnownModel(shape, 4), JobModels.Made(Reward(small), source));
        var trainedAlone = JobEstimate.Memory(Pretraining with { Architecture = small }, new KnownModel(shape, 4), [])!.Value;
        var memory = JobEstimate.Memory(Reward(small), source, [])!.Value;
        Assert.InRange(memory, trainedAlone + (source.Shape.Parameters * 4), JobEstimate.Memory(Reward(null), source, [])!.Value / 2);
        Assert.Equal((shape.Parameters * (4 + (2 * 12))) + JobEstimate.StateBytes(Reward(small), source.Shape), JobEstimate.Disk(Reward(small), source, artifact: null));
        // One that is larger than its source needs what it needs by itself, and the source's weights.
        var large = new LlamaSpec { Layers = 24, Width = 768 };
        Assert.Equal(
            JobEstimate.Memory(Pretraining with { Architecture = large }, new KnownModel(FreshShapes.Of(large, 2000), 4), []) + (source.Shape.Parameters * 4),
            JobEstimate.Memory(Reward(large), source, []));
        Assert.Null(JobEstimate.Memory(Reward(new MlpSpec()), source, []));
    }

    [Fact]
    public void Memory_CarriedNetworks_AreHeldBesideTheModelEachOnce()
    {
        var model = JobModels.Made(Pretraining, null)!;
        var weights = model.Shape.Parameters * 4;
        var evaluation = (EvaluationSpec)TextDefaults.Fill(new EvaluationSpec { Data = Texts, Subject = "target@v1" });
        var bare = JobEstimate.Memory(evaluation, model, [])!.Value;
        var ported = evaluation with { Rewards = [new RewardUse { Reward = "one@v1" }, new RewardUse { Reward = "two@v1", Source = "source@v1" }, new RewardUse { Reward = "three@v1", Source = "source@v1" }] };
        Assert.Equal(["one@v1", "source@v1"], JobModels.Beside(ported));
        Assert.Equal(bare + (2 * weights), JobEstimate.Memory(ported, model, [model, model]));
        Assert.Null(JobEstimate.Memory(ported, model, [model, null]));
        // The source of the emulation is the target itself.
        Assert.Equal(["tuned@v1"], JobModels.Beside(evaluation with { Emulated = new EmulatedUse { Tuned = "tuned@v1", Source = "target@v1" } }));
        var alone = ported with { Subject = null };
        Assert.Equal(("one@v1", "source@v1"), (JobModels.Read(alone), Assert.Single(JobModels.Beside(alone))));
    }

    [Fact]
    public void Memory_Generation_GrowsWithPromptsUpToARow()
    {
        var model = JobModels.Made(Pretraining, null);
        long Of(int prompts, int? tokens) => JobEstimate.Memory(TextDefaults.Fill(new GenerationSpec { Model = "a@v1", Prompts = [.. Enumerable.Repeat("a prompt", prompts)], MaxTokens = tokens }), model, []) ?? -1;
        Assert.True(Of(1, 100) < Of(8, 100));
        Assert.Equal(Of(8, 100), Of(9, 100));
        Assert.True(Of(8, 100) < Of(8, 200));
        Assert.Equal(-1, Of(1, null));
    }

    [Fact]
    public void ShapeMetrics_OfAnImageModel_AreRead()
    {
        Dictionary<string, double> Of(TransformerShape shape) => new(ShapeMetrics.OfEncoder(shape)) { [MetricNames.Parameters] = shape.Parameters };
        Assert.Equal(EncoderEstimateTests.Vit, ShapeMetrics.Read(Of(EncoderEstimateTests.Vit)));
        Assert.Equal(EncoderEstimateTests.Bert, ShapeMetrics.Read(Of(EncoderEstimateTests.Bert)));
    }

    [Fact]
    public void ShapeMetrics_WhatIsWritten_IsRead()
    {
        var shape = FreshShapes.Of(Llama, 2000);
        var metrics = new Dictionary<string, double>(ShapeMetrics.Of(shape)) { [MetricNames.Parameters] = shape.Parameters, [MetricNames.Vocabulary] = shape.Outputs };
        Assert.Equal(shape, ShapeMetrics.Read(metrics));
        metrics.Remove(MetricNames.ShapeInner);
        Assert.Null(ShapeMetrics.Read(metrics));
    }

    [Fact]
    public void PlannedModels_ModelOfAModelOfAPlannedJob_IsKnown()
    {
        var first = "job-1";
        var tuned = Tuning(new FullMethod()) with { Base = InputRef.ToJob(first) };
        var models = new PlannedModels(new Dictionary<string, JobSpec> { [first] = Pretraining, ["job-2"] = tuned });
        var evaluation = new EvaluationSpec { Data = Texts, Subject = InputRef.ToJob("job-2") };
        Assert.Equal(JobModels.Made(Pretraining, null), models.Used(evaluation));
        Assert.Null(models.Used(evaluation with { Subject = InputRef.ToJob("job-3") }));
        Assert.Null(models.Used(evaluation with { Subject = "sha256:" + new string('0', 64) }));
    }

    private static FineTuningSpec Tuning(TuningMethod method, DataSpec? data = null) =>
        (FineTuningSpec)TextDefaults.Fill(new FineTuningSpec { Data = data ?? Texts, Base = "a@v1", Method = method, Recipe = new TrainingRecipe { BatchTokens = 2048 } });
}
