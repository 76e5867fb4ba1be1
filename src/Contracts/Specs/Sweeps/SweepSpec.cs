using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>
/// Searches a job's recipe: trains it with other values, trial by trial, and compares them by their accuracy on examples that nothing was
/// trained on. Each trial is made of ordinary jobs, so that equal work of two sweeps is computed once.
/// </summary>
[GenerateSerializer, Alias("ptune.SweepSpec")]
public sealed record SweepSpec : Spec
{
    /// <summary>The most trials that a sweep may have.</summary>
    public const int MaxTrials = 10_000;

    [Id(0), Kinds("Pretraining", "FineTuning", "RewardTuning"), Description("The job whose settings are searched: RewardTuning, FineTuning or Pretraining.")]
    public required JobSpec Job { get; init; }

    [Id(1), MaxLength(64), Description("Paths into the job, such as recipe.learningRate, and the values to try there.")]
    public required Dictionary<string, SweepRange> Vary { get; init; }

    [Id(2), Description("How trials are chosen: grid (every combination of values), random, or asha (random, and all but the best stop early). Default: grid.")]
    public SweepMethod Method { get; init; } = SweepMethod.Grid;

    [Id(3), Range(1, MaxTrials), Description("How many trials are drawn, for random and asha; at most 10,000. A grid has one for each combination, at most as many.")]
    public int? Trials { get; init; }

    [Id(4), Description("Seed of the draws: a trial's values depend on it and on the trial's number alone, so that more trials extend a sweep. Default: 1.")]
    public long Seed { get; init; } = 1;

    [Id(5), NotIdentity, Range(1, 1000), Description("Trials that run at a time. Default: 4.")]
    public int Parallel { get; init; } = 4;

    [Id(6), Description("When trials stop early, for asha. Default: reduction 3, minEpochs 1.")]
    public AshaSettings? Asha { get; init; }

    [Id(7), Description("The examples that trials are compared on. Default: the job's data, all of the validation split.")]
    public DataSpec? Evaluate { get; init; }
}
