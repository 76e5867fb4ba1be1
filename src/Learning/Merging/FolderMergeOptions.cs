namespace Ptune.Learning.Merging;

/// <summary>What is merged into what.</summary>
public sealed record FolderMergeOptions
{
    /// <summary>The base's folder.</summary>
    public required string Model { get; init; }

    /// <summary>A PEFT folder.</summary>
    public required string Patch { get; init; }

    /// <summary>That the patch belongs to the model is known, so that names need not be compared.</summary>
    public bool IsOwnBase { get; init; }

    /// <summary>The folder of the merged model; it must not exist, or be empty.</summary>
    public required string Target { get; init; }

    /// <summary>What the weights are stored in: float32, bfloat16 or float16; null: each as in the base.</summary>
    public string? Dtype { get; init; }
}
