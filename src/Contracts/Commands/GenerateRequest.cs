namespace Ptune.Contracts.Commands;

/// <summary><c>ptune generate</c> on a folder. What is null comes from the model's generation_config.json.</summary>
public sealed record GenerateRequest
{
    public const string Name = "generate";

    /// <summary>The model's folder.</summary>
    public required string Model { get; init; }

    /// <summary>A JSON file with a list of lists of ids; <c>-</c>: standard input.</summary>
    public required string PromptIds { get; init; }

    /// <summary>A PEFT folder that is hung on the model.</summary>
    public string? Patch { get; init; }

    /// <summary>0 is greedy.</summary>
    public double? Temperature { get; init; }

    public int? TopK { get; init; }

    public double? TopP { get; init; }

    public double? RepetitionPenalty { get; init; }

    /// <summary>New tokens at most.</summary>
    public long? MaxTokens { get; init; }

    /// <summary>Goes on past end tokens.</summary>
    public bool IgnoreEos { get; init; }

    public long Seed { get; init; }

    /// <summary>What it is computed in: float32 or bfloat16.</summary>
    public required string Dtype { get; init; }

    /// <summary>JSON Lines instead of lines for people.</summary>
    public bool Json { get; init; }
}
