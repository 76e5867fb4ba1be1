using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>How a study tunes its reward.</summary>
[GenerateSerializer, Alias("ptune.RewardRecipe")]
public sealed record RewardRecipe
{
    [Id(0), Description("How it is trained.")]
    public TrainingRecipe Recipe { get; init; } = new();

    [Id(1), Description("The reward's weights at the start: source, zeroHead or scratch. Default: source.")]
    public RewardInitialization Initialization { get; init; } = RewardInitialization.Source;

    [Id(2), Range(0.001, 1000), Description("The temperature of the reward. Default: 1.")]
    public double Lambda { get; init; } = 1;
}
