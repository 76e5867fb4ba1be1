using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>A method that trains a reward on a source.</summary>
[GenerateSerializer, Alias("ptune.RewardStudyMethod")]
public abstract record RewardStudyMethod : StudyMethod
{
    [Id(0), Description("The reward's weights at the start: source, zeroHead or scratch. Default: zeroHead over tokens; source over labels or choices and with LoRA.")]
    public RewardInitialization Initialization { get; init; } = RewardInitialization.Source;

    [Id(1), Description("Low-rank deltas on the source's own weights in place of a whole network. Default: none, a whole network.")]
    public LoraMethod? Lora { get; init; }

    [Id(2), Range(0.001, 1000), Description("The temperature of the reward, the same in training and inference. Default: 1.")]
    public double Lambda { get; init; } = 1;

    [Id(3), Description("How it is trained on the source, in place of tuning.recipe.")]
    public TrainingRecipe? Recipe { get; init; }

    [Id(4), Description("An architecture of the reward's own, with fresh weights and the source's tokens: it may be smaller than the source, or of another family. Default: the source's.")]
    public ArchitectureSpec? Architecture { get; init; }

    public override TrainingRecipe? OwnRecipe() => Recipe;

    /// <summary>An architecture of its own begins with fresh weights.</summary>
    private RewardInitialization Start() => Architecture is null ? Initialization : RewardInitialization.Scratch;

    /// <summary>Plans the reward of a source, and says how it is used.</summary>
    protected RewardUse Train(string source, double weight, IStudyJobs jobs) => new()
    {
        Reward = jobs.Reward(source, Lora is null ? new FullMethod() : Lora, Start(), Lambda, Recipe, data: null, Architecture),
        Source = Lora is null ? null : jobs.Model(source),
        Weight = weight,
    };
}
