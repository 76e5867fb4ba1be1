using Ptune.Contracts.Estimates;
using Ptune.Contracts.Specs;
using Ptune.Silo.Planning;

namespace Ptune.Silo.Tests.Planning;

public sealed class JobWorkTests
{
    private static readonly DataSpec Texts = new()
    {
        Dataset = new TextDatasetSpec { Name = "t", Location = "/data", Files = [new DataFile { Path = "a.jsonl", Sha256 = new string('0', 64) }] },
        Split = Split.Tuning,
    };

    private static readonly FineTuningSpec Tuning = new() { Data = Texts, Base = "m@v1", Method = new LoraMethod(), Recipe = new TrainingRecipe { Steps = 100, BatchTokens = 1000 } };

    [Fact]
    public void Of_TwiceTheSteps_IsTwiceTheWork()
    {
        var (once, twice) = (Work(Tuning), Work(Tuning with { Recipe = Tuning.Recipe with { Steps = 200 } }));

        Assert.Equal((once.Sort, 2 * once.Units), (twice.Sort, twice.Units));
    }

    [Fact]
    public void Of_PretrainingOfALargerModel_IsMoreWork()
    {
        PretrainingSpec Of(int layers) => new() { Data = Texts, Architecture = new LlamaSpec { Layers = layers }, Recipe = Tuning.Recipe };

        Assert.True(Work(Of(6)).Units > 2 * Work(Of(2)).Units);
        Assert.NotEqual(Work(Of(2)).Sort, Work(Of(60)).Sort);
    }

    [Fact]
    public void Of_ModelsOfNearlyOneSize_AreOfOneSortAndComparedByParameters()
    {
        JobWork Of(long parameters) => Work(Tuning, new KnownModel(FreshShapes.Of(new LlamaSpec(), 300) with { Parameters = parameters }, 4));

        Assert.Equal((Of(1_000_000).Sort, 1.5 * Of(1_000_000).Units), (Of(1_500_000).Sort, Of(1_500_000).Units));
        Assert.NotEqual(Of(1_000_000).Sort, Of(100_000_000).Sort);
    }

    [Fact]
    public void Of_RewardOfAnArchitectureOfItsOwn_GrowsWithThat()
    {
        var source = new KnownModel(FreshShapes.Of(new LlamaSpec { Layers = 12, Width = 768 }, 2000), 4);
        RewardTuningSpec Of(ArchitectureSpec? own) => new() { Data = Texts, Source = "m@v1", Architecture = own, Recipe = Tuning.Recipe };
        var (small, larger) = (new LlamaSpec { Layers = 4, Width = 64 }, new LlamaSpec { Layers = 5, Width = 64 });

        Assert.Equal(Work(Of(small), source).Sort, Work(Of(larger), source).Sort);
        Assert.Equal(
            FreshShapes.Of(larger, 2000).Parameters / (double)FreshShapes.Of(small, 2000).Parameters, Work(Of(larger), source).Units / Work(Of(small), source).Units, tolerance: 1e-9);
        Assert.Equal(3, new[] { Work(Of(null), source).Sort, Work(Of(small), source).Sort, Work(Of(new Gpt2Spec { Layers = 4, Width = 64 }), source).Sort }.Distinct().Count());
    }

    [Fact]
    public void Of_ImageTuningAndImport_GrowWithTheModel()
    {
        var file = new DataFile { Path = "a", Sha256 = new string('0', 64) };
        var images = new ImageDatasetSpec { Name = "i", Location = "/data", Files = new IdxFiles { TrainImages = file, TrainLabels = file, TestImages = file, TestLabels = file }, Labels = ["a", "b"] };
        var tuning = new FineTuningSpec { Data = new DataSpec { Dataset = images, Split = Split.Tuning, Count = 500 }, Base = "vit@v1" };
        KnownModel Vit(long parameters) => new(FreshShapes.Of(new LlamaSpec(), 10) with { Parameters = parameters, Image = new ImageShape(197, 150_528) }, 4);
        Assert.Equal((Work(tuning, Vit(80_000_000)).Sort, 1.25 * Work(tuning, Vit(80_000_000)).Units), (Work(tuning, Vit(100_000_000)).Sort, Work(tuning, Vit(100_000_000)).Units));
        Assert.NotEqual(Work(tuning).Sort, Work(tuning, Vit(80_000_000)).Sort);
        // Our own classifiers are of one sort, as ever.
        Assert.Equal("FineTuning", Work(tuning).Sort);
        Assert.Equal("FineTuning", Work(tuning, new KnownModel(ClassifierShapes.Of(new VitSpec(), 28, 28, 10)!, 4)).Sort);

        ImportSpec Import(long? bytes) => new() { From = new UploadedSource { Files = [new ImportFile { Path = "model.safetensors", Sha256 = file.Sha256, Bytes = bytes }] } };
        Assert.Equal((Work(Import(100)).Sort, 100d), (Work(Import(200)).Sort, Work(Import(200)).Units / 2));
        Assert.Null(JobWork.Of(Import(null), null));
    }

    [Fact]
    public void Of_Evaluation_GrowsWithItsRecords()
    {
        EvaluationSpec Of(int? count) => new() { Data = Texts with { Count = count }, Subject = "m@v1", Task = new BitsPerByteTask() };

        Assert.Equal((Work(Of(10)).Sort, 2 * Work(Of(10)).Units), (Work(Of(20)).Sort, Work(Of(20)).Units));
        Assert.NotEqual(Work(Of(null)).Sort, Work(Of(10)).Sort);
    }

    [Fact]
    public void Of_ImportFromTheHub_IsKnownWhereItsSizeIsSaid()
    {
        ImportSpec Of(long? parameters) => new() { From = new HubSource { Repository = "a/b" }, Parameters = parameters };
        Assert.Null(JobWork.Of(Of(null), null));
        Assert.Equal((Work(Of(100)).Sort, 2 * Work(Of(100)).Units), (Work(Of(200)).Sort, Work(Of(200)).Units));
    }

    [Fact]
    public void Of_TextsAndImages_AreOfDifferentSorts()
    {
        var file = new DataFile { Path = "f", Sha256 = new string('0', 64) };
        var images = Texts with { Dataset = new ImageDatasetSpec { Name = "i", Location = "/data", Labels = ["a", "b"], Files = new IdxFiles { TrainImages = file, TrainLabels = file, TestImages = file, TestLabels = file } } };

        Assert.NotEqual(Work(Tuning).Sort, Work(Tuning with { Data = images, Method = null }).Sort);
        Assert.NotEqual(Work(new EvaluationSpec { Data = Texts, Subject = "m@v1" }).Sort, Work(new EvaluationSpec { Data = images }).Sort);
    }

    [Fact]
    public void Of_Generation_GrowsWithItsPrompts()
    {
        GenerationSpec Of(params string[] prompts) => new() { Model = "m@v1", Prompts = prompts, MaxTokens = 10 };

        Assert.Equal(2 * Work(Of("a")).Units, Work(Of("a", "b")).Units);
    }

    private static JobWork Work(JobSpec spec, KnownModel? model = null) => JobWork.Of(spec, model)!.Value;
}
