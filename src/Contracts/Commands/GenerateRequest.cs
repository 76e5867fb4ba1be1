namespace Ptune.Contracts.Commands;

/// <summary><c>ptune generate</c> on a folder: prompts are given by exactly one of <see cref="Prompts"/>, <see cref="Messages"/> and <see cref="PromptIds"/>. What else is null comes from the model's generation_config.json.</summary>
public sealed record GenerateRequest
{
    public const string Name = "generate";

    /// <summary>The model's folder.</summary>
    public required string Model { get; init; }

    /// <summary>Texts.</summary>
    public IReadOnlyList<string>? Prompts { get; init; }

    /// <summary>JSON Lines of conversations; <c>-</c>: standard input.</summary>
    public string? Messages { get; init; }

    /// <summary>A JSON file with a list of lists of ids; <c>-</c>: standard input. It is answered with ids only.</summary>
    public string? PromptIds { get; init; }

    /// <summary>A file with the chat template. Default: the model's own.</summary>
    public string? Template { get; init; }

    /// <summary>The time that the template sees, as ISO 8601. Default: none; a template that asks for the time is refused.</summary>
    public string? Now { get; init; }

    /// <summary>Texts that end an answer, which ends before them.</summary>
    public IReadOnlyList<string> Stop { get; init; } = [];

    /// <summary>A PEFT folder that is hung on the model.</summary>
    public string? Patch { get; init; }

    /// <summary>Rewards that are added to the model.</summary>
    public IReadOnlyList<RewardRequest> Rewards { get; init; } = [];

    /// <summary>Folders of models that LoRA rewards were tuned on, where it is not the model itself.</summary>
    public IReadOnlyList<string> RewardSources { get; init; } = [];

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
