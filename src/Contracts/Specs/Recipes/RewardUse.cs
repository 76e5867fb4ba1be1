using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>A reward beside a language model: weight times r / lambda is added to the model's log-probabilities, with the lambda that the reward was trained with (arXiv 2502.12776).</summary>
[GenerateSerializer, Alias("ptune.RewardUse")]
public sealed record RewardUse
{
    [Id(0), Description("The reward: name@version, sha256:... or job:...")]
    public required string Reward { get; init; }

    [Id(1), Range(-1000, 1000), Description("What its rewards are multiplied by. Default: 1.")]
    public double Weight { get; init; } = 1;

    [Id(2), Description("The model that a LoRA reward was tuned on, which it needs. Default: none; a full reward needs none.")]
    public string? Source { get; init; }
}
