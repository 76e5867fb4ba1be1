namespace Ptune.Contracts.Commands;

/// <summary><c>ptune apply</c> on folders.</summary>
public sealed record ApplyRequest
{
    public const string Name = "apply";

    /// <summary>The model's folder.</summary>
    public required string Model { get; init; }

    /// <summary>A PEFT folder that is merged into it; null: rewards are put beside it.</summary>
    public string? Patch { get; init; }

    /// <summary>That the patch belongs to the model is known, so that names need not be compared.</summary>
    public bool IsOwnBase { get; init; }

    /// <summary>Rewards that are put beside it.</summary>
    public IReadOnlyList<RewardRequest> Rewards { get; init; } = [];

    /// <summary>Folders of models that LoRA rewards were tuned on, where it is not the model itself.</summary>
    public IReadOnlyList<string> RewardSources { get; init; } = [];

    /// <summary>What the user calls the model; null: by its folder.</summary>
    public string? ModelName { get; init; }

    /// <summary>The folders are removed afterwards, so that files may be taken from them.</summary>
    public bool MayLink { get; init; }

    /// <summary>The folder that is written; it must not exist, or be empty.</summary>
    public required string To { get; init; }

    /// <summary>What merged weights are stored in: float32, bfloat16 or float16. Default: each tensor as in the model; of a LoRA reward float32.</summary>
    public string? Dtype { get; init; }

    /// <summary>One JSON object instead of lines for people.</summary>
    public bool Json { get; init; }
}
