using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;

namespace Ptune.Simulation.Tests.People;

/// <summary>A job that clients ask for.</summary>
internal sealed record Order(string Id, JobSpec Spec)
{
    /// <summary>Two jobs by themselves, and one that needs the result of another.</summary>
    public static Order[] All { get; } = Make();

    private static Order[] Make()
    {
        var scheduling = new Scheduling { MaxAttempts = 4 };
        var data = new DataSpec
        {
            Dataset = new DatasetSpec
            {
                Name = "none",
                Location = "/none",
                Files = new IdxFiles { TrainImages = File("a"), TrainLabels = File("b"), TestImages = File("c"), TestLabels = File("d") },
                Labels = ["a", "b"],
            },
            Split = Split.Test,
        };
        var alone = Of(new NoOpSpec { Name = "alone", Scheduling = scheduling with { Priority = 7 } });
        var first = Of(new PretrainingSpec { Name = "first", Data = data, Architecture = new MlpSpec(), Recipe = new TrainingRecipe { Epochs = 1 }, Scheduling = scheduling });
        var second = Of(new ScoringSpec { Name = "second", Data = data, Subject = InputRef.ToJob(first.Id), Scheduling = scheduling });
        return [alone, first, second];
    }

    private static DataFile File(string name) => new() { Path = name, Sha256 = new string('0', 64) };

    private static Order Of(JobSpec spec) => new(JobIds.Of("default", spec), spec);
}
