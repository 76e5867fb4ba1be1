using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;
using Ptune.Learning.Jobs;

namespace Ptune.Learning.Tests.Jobs;

/// <summary>Jobs on <see cref="TinyDataset"/>, each in a folder of its own below a root; one job's output is another's input.</summary>
internal sealed class TinyJobs
{
    public static readonly TrainingRecipe Recipe = new() { Epochs = 4, BatchSize = 8, LearningRate = 0.003, CheckpointEverySteps = 3 };

    private readonly string _root;

    public TinyJobs(string root)
    {
        _root = root;
        Dataset = TinyDataset.Create(Directory.CreateDirectory(Path.Combine(root, "data")).FullName);
    }

    public ImageDatasetSpec Dataset { get; }

    public static ShiftSpec Shift { get; } = new() { Size = 3 };

    public string Output(string name) => Path.Combine(_root, name, "output");

    public DataSpec Data(Split split, ShiftSpec? shift = null) => TinyDataset.Data(Dataset, split, null, shift);

    public PretrainingSpec Pretraining(ArchitectureSpec? architecture = null) => new()
    {
        Data = Data(Split.Pretraining),
        Architecture = architecture ?? new VitSpec { Patch = 4, Dim = 8, Depth = 1, Heads = 2 },
        Recipe = Recipe,
    };

    public RewardTuningSpec RewardTuning(RewardInitialization initialization = RewardInitialization.Source) =>
        new() { Data = Data(Split.Tuning, Shift), Source = "given", Recipe = Recipe, Initialization = initialization };

    public FineTuningSpec FineTuning() => new() { Data = Data(Split.Tuning, Shift), Base = "given", Recipe = Recipe };

    public ScoringSpec Scoring(ArtifactKind kind = ArtifactKind.Model) => new() { Data = Data(Split.Test, Shift), Subject = "given", SubjectKind = kind };

    /// <summary>A run of a job in the folder <paramref name="name"/>; inputs are other jobs' names by role.</summary>
    public JobRun Run(string name, JobSpec spec, params (string Role, string Job)[] inputs) => new()
    {
        JobId = $"default.{name}",
        Spec = spec,
        Inputs = inputs.ToDictionary(i => i.Role, i => Output(i.Job)),
        InputDigests = inputs.ToDictionary(i => i.Role, i => Digest.Of(i.Job)),
        DataCacheFolder = Path.Combine(_root, "cache"),
        WorkFolder = Directory.CreateDirectory(Path.Combine(_root, name)).FullName,
    };

    public JobOutcome.Completed Complete(string name, JobSpec spec, params (string Role, string Job)[] inputs) =>
        Assert.IsType<JobOutcome.Completed>(JobRunner.Run(Run(name, spec, inputs)));

    /// <summary>The job "whole", which was run before: stopped and resumed it makes the same files.</summary>
    public void AssertSameAfterAStop(JobSpec spec, params (string Role, string Job)[] inputs)
    {
        using var stop = new CancellationTokenSource();
        var run = Run("cut", spec, inputs) with { JobId = "default.whole", Stop = stop.Token, OnProgress = progress => { if (progress.Step == 7) stop.Cancel(); } };
        var stopped = Assert.IsType<JobOutcome.Stopped>(JobRunner.Run(run));
        Assert.Equal(7, stopped.Step);
        Assert.IsType<JobOutcome.Completed>(JobRunner.Run(Run("on", spec, inputs) with { JobId = "default.whole", Checkpoint = stopped.Checkpoint }));

        Assert.Equal(Files(Output("whole")), Files(Output("on")));
    }

    /// <summary>Name and bytes of every file of an output.</summary>
    public static SortedDictionary<string, byte[]> Files(string folder) =>
        new(Directory.GetFiles(folder).ToDictionary(file => Path.GetFileName(file), File.ReadAllBytes), StringComparer.Ordinal);
}
