using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Stores;

namespace Ptune.Grains.Tests;

/// <summary>Specs and results that are as small as they may be.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    public static ExecutionEnvironment Environment { get; } = new("cpu", 1, "a processor", "2.10.0", "10.0.0", "linux");

    public static NoOpSpec Job(long seed = 1, int priority = 100, int maxAttempts = 3, string pool = "default") =>
        new() { Name = $"noop {seed}", Seed = seed, Scheduling = new Scheduling { Priority = priority, MaxAttempts = maxAttempts, Pool = pool } };

    public static string Id(JobSpec spec) => JobIds.Of(JobIds.DefaultTenant, spec);

    public static string Digest(string content = "artifact") => Contracts.Identity.Digest.Of(content);

    public static JobResult Result(string content = "artifact", ArtifactKind kind = ArtifactKind.Evaluation, Dictionary<string, double>? metrics = null) => new()
    {
        Artifact = Digest(content),
        Metrics = metrics ?? new() { ["n"] = 1 },
        Measurements = new() { ["seconds"] = 2 },
        Curve = [new LossPoint(1, 0.5)],
        Environment = Environment,
        Seconds = 2,
        Kind = kind,
        ArtifactBytes = 10,
    };

    /// <summary>The row of an artifact that somebody else has made.</summary>
    public static ArtifactRow Artifact(string content) => new("default", Digest(content), ArtifactKind.Model, "default.made", null, 10, DateTimeOffset.UnixEpoch);

    public static StoredCheckpoint Checkpoint(long step, long epoch) => new($"checkpoints/job/{epoch}/{step}", Digest($"{epoch}/{step}"), 100, step, epoch);

    public static ImageDatasetSpec Dataset { get; } = new()
    {
        Name = "tiny",
        Location = "/data/tiny",
        Files = new IdxFiles { TrainImages = File("a"), TrainLabels = File("b"), TestImages = File("c"), TestLabels = File("d") },
        Labels = ["even", "odd"],
    };

    /// <summary>Four trials of fine-tuning, two at a time.</summary>
    public static SweepSpec Sweep(string name = "sweep") => new()
    {
        Name = name,
        Job = new FineTuningSpec
        {
            Data = new DataSpec { Dataset = Dataset, Split = Split.Tuning, Count = 100 },
            Base = Digest("base"),
            Recipe = new TrainingRecipe { Epochs = 9 },
        },
        Vary = new() { ["recipe.learningRate"] = new SweepRange { Values = [.. new[] { 0.1, 0.2, 0.3, 0.4 }.Select(SweepValue.Of)] } },
        Parallel = 2,
    };

    /// <summary>Nine trials of a reward, of which all but the best stop after one epoch or three.</summary>
    public static SweepSpec HalvingSweep() => Sweep("halving") with
    {
        Job = new RewardTuningSpec
        {
            Data = new DataSpec { Dataset = Dataset, Split = Split.Tuning, Count = 100 },
            Source = Digest("source"),
            Recipe = new TrainingRecipe { Epochs = 9 },
        },
        Vary = new() { ["recipe.learningRate"] = new SweepRange { Min = 0.01, Max = 1 } },
        Method = SweepMethod.Asha,
        Trials = 9,
        Parallel = 3,
    };

    public static TransferStudySpec Study(string name = "sample") => new()
    {
        Name = name,
        Dataset = Dataset,
        Models = new()
        {
            ["vit@v1"] = new StudyModel { Architecture = new VitSpec(), Pretraining = new StudyPretraining { Recipe = new TrainingRecipe { Epochs = 1 } } },
            ["mlp@v1"] = new StudyModel { Architecture = new MlpSpec(), Pretraining = new StudyPretraining { Recipe = new TrainingRecipe { Epochs = 1 } } },
        },
        Source = "vit@v1",
        Targets = ["mlp@v1"],
        Seeds = [1, 2],
    };

    private static DataFile File(string letter) => new() { Path = letter, Sha256 = new string(letter[0], 64) };
}
