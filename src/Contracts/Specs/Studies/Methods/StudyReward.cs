using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>One of several rewards that are carried together: the sum of weight r / lambda is added to the target.</summary>
[GenerateSerializer, Alias("ptune.StudyReward")]
public sealed record StudyReward
{
    [Id(0), Range(-1000, 1000), Description("What its rewards are multiplied by. Default: 1.")]
    public double Weight { get; init; } = 1;

    [Id(1), Description("What it is trained on: a name under datasets. Default: tuning.data.")]
    public string? Data { get; init; }

    [Id(2), Description("The reward's weights at the start: source, zeroHead or scratch. Default: zeroHead over tokens; source over labels or choices and with LoRA.")]
    public RewardInitialization Initialization { get; init; } = RewardInitialization.Source;

    [Id(3), Description("Low-rank deltas on the source's own weights in place of a whole network. Default: none, a whole network.")]
    public LoraMethod? Lora { get; init; }

    [Id(4), Range(0.001, 1000), Description("The temperature of the reward, the same in training and inference. Default: 1.")]
    public double Lambda { get; init; } = 1;

    [Id(5), Description("How it is trained on the source, in place of tuning.recipe.")]
    public TrainingRecipe? Recipe { get; init; }

    [Id(6), Description("An architecture of the reward's own, with fresh weights and the source's tokens: it may be smaller than the source, or of another family. Default: the source's.")]
    public ArchitectureSpec? Architecture { get; init; }

    /// <summary>Plans the reward of a source, and says how it is used.</summary>
    internal RewardUse Train(string source, IStudyJobs jobs) => new()
    {
        Reward = jobs.Reward(source, Lora is null ? new FullMethod() : Lora, Architecture is null ? Initialization : RewardInitialization.Scratch, Lambda, Recipe, Data, Architecture),
        Source = Lora is null ? null : jobs.Model(source),
        Weight = Weight,
    };
}
