using Ptune.Contracts.Estimates;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;

namespace Ptune.Contracts.Tests.Estimates;

/// <summary>Estimates of text encoders, image models and imports.</summary>
public sealed class EncoderEstimateTests
{
    internal static readonly TransformerShape Bert = new() { Parameters = 109_485_316, Layers = 12, Width = 768, Inner = 3072, QueryWidth = 768, KeyWidth = 768, Outputs = 4, Gated = false };

    internal static readonly TransformerShape Vit = Bert with { Parameters = 85_800_970, Outputs = 10, Image = new ImageShape(197, 3 * 224 * 224) };

    private static readonly KnownModel _bert = new(Bert, 4), _vit = new(Vit, 4);

    private static readonly DataSpec _texts = new()
    {
        Dataset = new TextDatasetSpec { Name = "texts", Location = "/data", Files = [new DataFile { Path = "a.jsonl", Sha256 = new string('0', 64) }], Format = TextFormat.TextLabel },
        Split = Split.Tuning,
        MaxTokens = 128,
    };

    private static readonly DataFile _file = new() { Path = "a", Sha256 = new string('0', 64) };

    private static readonly DataSpec _images = new()
    {
        Dataset = new ImageDatasetSpec { Name = "images", Location = "/data", Files = new IdxFiles { TrainImages = _file, TrainLabels = _file, TestImages = _file, TestLabels = _file }, Labels = ["a", "b"] },
        Split = Split.Tuning,
    };

    [Fact]
    public void Memory_EncoderOnLabels_IsItsTraining()
    {
        FineTuningSpec full = Tuning(_texts, null), lora = Tuning(_texts, new LoraMethod());
        Assert.Equal(MemoryEstimate.Training(Bert, new TrainingLoad { Trainable = Bert.Parameters, FrozenBase = false, ComputeBytes = 4, Tokens = 8 * 128 }), JobEstimate.Memory(full, _bert, []));
        Assert.True(JobEstimate.Memory(lora, _bert, []) < JobEstimate.Memory(full, _bert, []));
        Assert.Equal(Bert.Parameters * (4 + (2 * 12)), JobEstimate.Disk(full, _bert, artifact: null));
        // Scoring reads as many tokens at once as of a language model.
        Assert.Equal(MemoryEstimate.Inference(Bert, 4, 4096), JobEstimate.Memory(TextDefaults.Fill(new EvaluationSpec { Data = _texts, Subject = "a@v1" }), _bert, []));
    }

    [Fact]
    public void Disk_RewardOverLabels_KeepsNoHiddenStates()
    {
        var reward = TextDefaults.Fill(new RewardTuningSpec { Data = _texts with { Count = 100 }, Source = "a@v1" });
        Assert.Equal((Bert.Parameters * (4 + (2 * 12))) + (100 * 128 * 4), JobEstimate.Disk(reward, _bert, artifact: null));
    }

    [Fact]
    public void Memory_ImageModel_IsThatOfItsBatchInTokensAndPixels()
    {
        var of64 = Tuning(_images, null) with { Recipe = new TrainingRecipe { BatchSize = 64 } };
        Assert.Equal(
            MemoryEstimate.Training(Vit, new TrainingLoad { Trainable = Vit.Parameters, FrozenBase = false, ComputeBytes = 4, Tokens = 64 * 197 }) + (64L * 3 * 224 * 224 * 4 * 3),
            JobEstimate.Memory(of64, _vit, []));
        Assert.True(JobEstimate.Memory(of64 with { Recipe = new TrainingRecipe { BatchSize = 32 } }, _vit, []) < JobEstimate.Memory(of64, _vit, []));
        // One network is the source first and the reward then.
        var reward = new RewardTuningSpec { Data = _images, Source = "a@v1", Recipe = of64.Recipe };
        Assert.Equal(JobEstimate.Memory(of64, _vit, []), JobEstimate.Memory(reward, _vit, []));
        Assert.Equal(JobEstimate.Disk(of64, _vit, artifact: null), JobEstimate.Disk(reward, _vit, artifact: null));
        Assert.Equal(MemoryEstimate.Inference(Vit, 4, 256 * 197) + MemoryEstimate.Images(Vit, 256), JobEstimate.Memory(new ScoringSpec { Data = _images, Subject = "a@v1" }, _vit, []));
    }

    [Fact]
    public void Memory_ModelThatReadsNoImages_IsNotKnown()
    {
        Assert.Null(JobEstimate.Memory(Tuning(_images, null), _bert, []));
        Assert.Null(JobEstimate.Memory(new ScoringSpec { Data = _images, Subject = "a@v1" }, _bert, []));
    }

    [Theory]
    [InlineData(4000, (2 * 4000) + 0)]
    [InlineData(2000, (2 * 2000) + 4000)]
    public void Memory_Import_IsTheWeightsAndWhatTheyBecome(long stored, long due)
    {
        var import = new ImportSpec
        {
            From = new UploadedSource { Files = [new ImportFile { Path = "model.safetensors", Sha256 = _file.Sha256, Bytes = stored }, new ImportFile { Path = "tokenizer.json", Sha256 = _file.Sha256, Bytes = 50 }] },
            Parameters = 1000,
        };
        Assert.Equal(MemoryEstimate.Process + due, JobEstimate.Memory(import, null, []));
        Assert.Equal(stored + 50, JobEstimate.Disk(import, null, artifact: null));
        // Where nobody counted them, they are as many as they can be.
        Assert.Equal(MemoryEstimate.Process + (2 * stored) + (2 * stored), JobEstimate.Memory(import with { Parameters = null }, null, []));
        var files = import.Files();
        Assert.Equal(0, JobEstimate.Disk(import with { From = new FolderSource { Path = "/m", Files = [.. files] } }, null, artifact: null));
        Assert.Null(JobEstimate.Memory(import with { From = new UploadedSource { Files = [files[0] with { Bytes = null }, files[1]] } }, null, []));
        Assert.Null(JobEstimate.Memory(import with { From = HubSource.Of("hf:owner/name"), Parameters = null }, null, []));
        Assert.Null(JobEstimate.Disk(import with { From = HubSource.Of("hf:owner/name"), Parameters = null }, null, artifact: null));
        // Stored in two bytes they are converted beside it, stored in four they are mapped twice: it comes to the same.
        Assert.Equal(MemoryEstimate.Process + (8 * 1000), JobEstimate.Memory(import with { From = HubSource.Of("hf:owner/name") }, null, []));
        Assert.Equal(4 * 1000, JobEstimate.Disk(import with { From = HubSource.Of("hf:owner/name") }, null, artifact: null));
    }

    [Fact]
    public void Memory_ImportOfAPatch_IsThatOfItsBase()
    {
        var import = new ImportSpec { From = new UploadedSource { Files = [] }, Base = "a@v1" };
        Assert.Equal("a@v1", JobModels.Read(import));
        Assert.Equal(MemoryEstimate.Process + (Bert.Parameters * (2 + 4)), JobEstimate.Memory(import, _bert with { StoredBytes = 2 }, []));
        Assert.Equal(MemoryEstimate.Process + (Bert.Parameters * 4), JobEstimate.Memory(import, _bert, []));
    }

    private static FineTuningSpec Tuning(DataSpec data, TuningMethod? method) => (FineTuningSpec)TextDefaults.Fill(new FineTuningSpec { Data = data, Base = "a@v1", Method = method });
}
