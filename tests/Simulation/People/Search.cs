using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Stores;
using Ptune.Contracts.Sweeps;

namespace Ptune.Simulation.Tests.People;

/// <summary>A sweep that clients ask for.</summary>
internal sealed class Search
{
    private Search(SweepSpec spec)
    {
        Submission = new SweepSubmission("default", spec with { Scheduling = new Scheduling { MaxAttempts = 4 } }, [], null);
        var planner = new SweepPlanner("default", Submission.Spec, Submission.Resolved);
        Id = planner.SweepId;
        Jobs = [.. Enumerable.Range(1, Trials).SelectMany(number => Chains(planner, number)).DistinctBy(o => o.Id)];
    }

    /// <summary>A grid, random trials, and trials of a reward of which half go on to the second rung.</summary>
    public static Search[] All { get; } =
    [
        new(new SweepSpec { Name = "grid", Job = Model(), Vary = new() { ["recipe.learningRate"] = new SweepRange { Values = [.. new[] { 0.1, 0.2, 0.3 }.Select(SweepValue.Of)] } }, Parallel = 2 }),
        new(new SweepSpec { Name = "random", Job = Model(), Vary = Any(), Method = SweepMethod.Random, Trials = 3, Parallel = 3 }),
        new(new SweepSpec { Name = "halving", Job = Reward(), Vary = Any(), Method = SweepMethod.Asha, Trials = 4, Asha = new AshaSettings { Reduction = 2 }, Parallel = 2 }),
    ];

    /// <summary>The model that the rewards' trials are made for; it is in the store from the beginning.</summary>
    public static ArtifactRow Source { get; } = new("default", Digest.Of("source"), ArtifactKind.Model, "default.made", null, 10, DateTimeOffset.UnixEpoch);

    public string Id { get; }

    public SweepSubmission Submission { get; }

    public SweepSpec Spec => Submission.Spec;

    public int Trials => SweepTrials.Count(Spec);

    /// <summary>All jobs that it may ever ask for.</summary>
    public Order[] Jobs { get; }

    /// <summary>The figure of a job's result, from 0 to 1: the same at each attempt.</summary>
    public static double Figure(string jobId) => Convert.ToInt32(Digest.Hex(Digest.Of(jobId))[..4], 16) / 65535.0;

    private IEnumerable<Order> Chains(SweepPlanner planner, int number)
    {
        var values = SweepTrials.Values(Spec, number);
        return SweepTrials.Rungs(Spec, values).SelectMany(epochs => planner.Trial(number, values, epochs)).Select(j => new Order(j.JobId, j.Spec));
    }

    private static Dictionary<string, SweepRange> Any() => new() { ["recipe.learningRate"] = new SweepRange { Min = 0.01, Max = 1 } };

    private static PretrainingSpec Model() => new() { Data = Data(), Architecture = new MlpSpec(), Recipe = new TrainingRecipe { Epochs = 1 } };

    private static RewardTuningSpec Reward() => new() { Data = Data(), Source = Digest.Of("source"), Recipe = new TrainingRecipe { Epochs = 2 } };

    private static DataSpec Data() => new() { Dataset = Order.Dataset(), Split = Split.Tuning, Count = 10 };
}
