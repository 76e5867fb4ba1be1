using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;

namespace Ptune.Simulation.Tests.People;

/// <summary>A job that clients ask for.</summary>
internal sealed record Order(string Id, JobSpec Spec)
{
    /// <summary>Two jobs by themselves, and one that needs the result of another.</summary>
    public static Order[] All { get; } = Make();

    /// <summary>A study whose cells nobody has submitted.</summary>
    public static TransferStudySpec Study { get; } = new()
    {
        Name = "study",
        Dataset = Dataset(),
        Models = new() { ["a@v1"] = Model(), ["b@v1"] = Model() },
        Source = "a@v1",
        Targets = ["b@v1"],
        Seeds = [1],
        Scheduling = new Scheduling { MaxAttempts = 4 },
    };

    public static StudyPlan Plan { get; } = StudyPlanner.Plan("default", Study, new Dictionary<string, string>());

    /// <summary>The study's jobs.</summary>
    public static Order[] Cells { get; } = [.. Plan.Jobs.Select(j => new Order(j.JobId, j.Spec)).DistinctBy(o => o.Id)];

    private static StudyModel Model() => new() { Architecture = new MlpSpec(), Pretraining = new StudyPretraining { Recipe = new TrainingRecipe { Epochs = 1 } } };

    private static Order[] Make()
    {
        var scheduling = new Scheduling { MaxAttempts = 4 };
        var data = new DataSpec
        {
            Dataset = Dataset(),
            Split = Split.Test,
        };
        var alone = Of(new NoOpSpec { Name = "alone", Scheduling = scheduling with { Priority = 7 } });
        var first = Of(new PretrainingSpec { Name = "first", Data = data, Architecture = new MlpSpec(), Recipe = new TrainingRecipe { Epochs = 1 }, Scheduling = scheduling });
        var second = Of(new ScoringSpec { Name = "second", Data = data, Subject = InputRef.ToJob(first.Id), Scheduling = scheduling });
        return [alone, first, second];
    }

    public static ImageDatasetSpec Dataset() => new()
    {
        Name = "none",
        Location = "/none",
        Files = new IdxFiles { TrainImages = File("a"), TrainLabels = File("b"), TestImages = File("c"), TestLabels = File("d") },
        Labels = ["a", "b"],
    };

    private static DataFile File(string name) => new() { Path = name, Sha256 = new string('0', 64) };

    private static Order Of(JobSpec spec) => new(JobIds.Of("default", spec), spec);
}
