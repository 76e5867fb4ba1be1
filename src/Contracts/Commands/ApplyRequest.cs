namespace Ptune.Contracts.Commands;

/// <summary><c>ptune apply</c> on folders.</summary>
public sealed record ApplyRequest
{
    public const string Name = "apply";

    /// <summary>The model's folder.</summary>
    public required string Model { get; init; }

    /// <summary>A PEFT folder that is merged into it.</summary>
    public required string Patch { get; init; }

    /// <summary>The folder of the merged model; it must not exist, or be empty.</summary>
    public required string To { get; init; }

    /// <summary>What the weights are stored in: float32, bfloat16 or float16. Default: each tensor as in the model.</summary>
    public string? Dtype { get; init; }

    /// <summary>One JSON object instead of lines for people.</summary>
    public bool Json { get; init; }
}
