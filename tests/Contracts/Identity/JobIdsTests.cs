using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Contracts.Studies;
using Ptune.Contracts.Tests.Specs;

namespace Ptune.Contracts.Tests.Identity;

public sealed class JobIdsTests
{
    private static readonly TransferStudySpec Study = (TransferStudySpec)SpecReader.Read(Samples.Study).Spec!;

    private static StudyPlan Plan(TransferStudySpec study) => StudyPlanner.Plan(JobIds.DefaultTenant, study, new Dictionary<string, string>());

    private static string Pretraining(TransferStudySpec study) => Plan(study).Jobs.Single(j => j.Key == StudyKeys.Pretraining("vit@v1")).JobId;

    /// <summary>An id is stored for ever: when this fails, results that stand in stores would be computed again.</summary>
    [Fact]
    public void Of_AKnownJob_IsTheIdOfTheFirstRelease() => Assert.Equal("default.8a1b60ce3cc10b4c2bb77fabb4f2c28c", Pretraining(Study));

    [Fact]
    public void Of_TheSameWorkElsewhere_IsTheSameId()
    {
        var moved = Study with
        {
            Name = "another",
            Dataset = Study.Dataset with { Name = "another", Location = "https://data.example/" },
            Scheduling = new Scheduling { Priority = 7, Pool = "big" },
        };

        Assert.Equal(Pretraining(Study), Pretraining(moved));
        Assert.Equal(Plan(Study).StudyId, Plan(moved).StudyId);
    }

    /// <summary>Zero with a sign computes the same as without.</summary>
    [Theory]
    [InlineData("-0")]
    [InlineData("-0.0")]
    [InlineData("-0e3")]
    public void Of_MinusZero_IsTheIdOfZero(string zero)
    {
        string Id(string decay) => JobIds.OfStudy("default", (TransferStudySpec)SpecReader.Read($"{Samples.Study}\nfineTuning: {{ weightDecay: {decay} }}\n").Spec!);
        Assert.Equal(Id("0"), Id(zero));
        Assert.Equal("0", SweepValue.Of(-0.0).Json);
        Assert.Equal("0", SweepValue.Parse(zero)!.Value.Json);
    }

    [Fact]
    public void Of_OtherDataSeedOrRecipe_IsAnotherId()
    {
        var model = Study.Models["vit@v1"];
        TransferStudySpec With(StudyModel changed) => Study with { Models = new(Study.Models) { ["vit@v1"] = changed } };
        var files = Study.Dataset.Files;
        string[] ids =
        [
            Pretraining(Study),
            Pretraining(With(model with { Pretraining = model.Pretraining! with { Seed = 9 } })),
            Pretraining(With(model with { Pretraining = model.Pretraining! with { Count = 99 } })),
            Pretraining(With(model with { Pretraining = model.Pretraining! with { Recipe = new TrainingRecipe { Epochs = 2, LearningRate = 0.1 } } })),
            Pretraining(With(model with { Architecture = new VitSpec { Depth = 2 } })),
            Pretraining(Study with { Dataset = Study.Dataset with { Labels = ["odd", "even"] } }),
            Pretraining(Study with { Dataset = Study.Dataset with { Files = files with { TrainImages = files.TrainImages with { Sha256 = new string('e', 64) } } } }),
            Pretraining(Study with { Splits = new SplitsSpec { Seed = 1 } }),
        ];

        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact]
    public void Of_AnInputThatIsAnAlias_Throws() =>
        Assert.Throws<ArgumentException>(() => JobIds.Of("default", new ScoringSpec
        {
            Data = new DataSpec { Dataset = Study.Dataset, Split = Split.Test },
            Subject = "vit@v1",
        }));

    [Fact]
    public void Of_ANonce_IsWorkOfItsOwn() =>
        Assert.NotEqual(
            JobIds.OfStudy("default", Study),
            JobIds.OfStudy("default", Study, nonce: "again"));
}
