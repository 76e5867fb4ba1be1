using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>How a network is trained: AdamW (arXiv 1711.05101) on cross-entropy.</summary>
[GenerateSerializer, Alias("ptune.TrainingRecipe")]
public sealed record TrainingRecipe
{
    [Id(0), Range(1, 100_000), Description("Passes over the examples. Default: 30.")]
    public int Epochs { get; init; } = 30;

    [Id(1), Range(1, 1_000_000), Description("Examples per step. Default: 64.")]
    public int BatchSize { get; init; } = 64;

    [Id(2), Range(0, 10, MinimumIsExclusive = true), Description("The peak learning rate. Default: 0.0005.")]
    public double LearningRate { get; init; } = 5e-4;

    [Id(3), Range(0, 10), Description("AdamW's decoupled weight decay. Default: 0.01.")]
    public double WeightDecay { get; init; } = 0.01;

    [Id(4), Description("The learning rate after the warm-up: cosine or linear (both to zero), or constant. Default: cosine.")]
    public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Cosine;

    [Id(5), Range(0, 1), Description("The fraction of the steps over which the learning rate rises from zero. Default: 0.05.")]
    public double Warmup { get; init; } = 0.05;

    [Id(6), NotIdentity, Range(1, 1_000_000_000), Description("Steps between checkpoints; it does not change the result. Default: 200.")]
    public int CheckpointEverySteps { get; init; } = 200;
}
