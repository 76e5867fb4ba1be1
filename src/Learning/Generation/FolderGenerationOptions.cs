namespace Ptune.Learning.Generation;

/// <summary>Prompts for the model of a folder. What is null comes from its generation_config.json, else it is greedy.</summary>
public sealed record FolderGenerationOptions
{
    public required string Folder { get; init; }

    /// <summary>Tokens of each prompt.</summary>
    public required IReadOnlyList<IReadOnlyList<long>> Prompts { get; init; }

    /// <summary>A PEFT folder that is hung on the model; null: none.</summary>
    public string? Adapter { get; init; }

    /// <summary>0 is greedy.</summary>
    public double? Temperature { get; init; }

    public int? TopK { get; init; }

    public double? TopP { get; init; }

    public double? RepetitionPenalty { get; init; }

    /// <summary>New tokens at most.</summary>
    public long? MaxTokens { get; init; }

    /// <summary>Whether end tokens end nothing.</summary>
    public bool IgnoreEos { get; init; }

    public long Seed { get; init; }

    /// <summary>What it is computed in: float32 or bfloat16.</summary>
    public string Dtype { get; init; } = "float32";
}
