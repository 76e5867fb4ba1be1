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
        var (once, twice) = (JobWork.Of(Tuning), JobWork.Of(Tuning with { Recipe = Tuning.Recipe with { Steps = 200 } }));

        Assert.Equal((once.Sort, 2 * once.Units), (twice.Sort, twice.Units));
    }

    [Fact]
    public void Of_PretrainingOfALargerModel_IsMoreWork()
    {
        PretrainingSpec Of(int layers) => new() { Data = Texts, Architecture = new LlamaSpec { Layers = layers }, Recipe = Tuning.Recipe };

        Assert.Equal(3 * JobWork.Of(Of(2)).Units, JobWork.Of(Of(6)).Units);
    }

    [Fact]
    public void Of_TextsAndImages_AreOfDifferentSorts()
    {
        var file = new DataFile { Path = "f", Sha256 = new string('0', 64) };
        var images = Texts with { Dataset = new ImageDatasetSpec { Name = "i", Location = "/data", Labels = ["a", "b"], Files = new IdxFiles { TrainImages = file, TrainLabels = file, TestImages = file, TestLabels = file } } };

        Assert.NotEqual(JobWork.Of(Tuning).Sort, JobWork.Of(Tuning with { Data = images, Method = null }).Sort);
        Assert.NotEqual(JobWork.Of(new EvaluationSpec { Data = Texts, Subject = "m@v1" }).Sort, JobWork.Of(new EvaluationSpec { Data = images }).Sort);
    }

    [Fact]
    public void Of_Generation_GrowsWithItsPrompts()
    {
        GenerationSpec Of(params string[] prompts) => new() { Model = "m@v1", Prompts = prompts, MaxTokens = 10 };

        Assert.Equal(2 * JobWork.Of(Of("a")).Units, JobWork.Of(Of("a", "b")).Units);
    }
}
