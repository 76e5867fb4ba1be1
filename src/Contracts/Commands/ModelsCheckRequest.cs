namespace Ptune.Contracts.Commands;

/// <summary><c>ptune models check</c>.</summary>
public sealed record ModelsCheckRequest
{
    public const string Name = "models check";

    /// <summary>The model's folder, or hf:OWNER/NAME[@REVISION], which is fetched from the hub first.</summary>
    public required string Folder { get; init; }

    /// <summary>A safetensors file with inputs and expected outputs. Default: nothing is computed.</summary>
    public string? Expect { get; init; }

    /// <summary>A PEFT folder that is hung on the model.</summary>
    public string? Adapter { get; init; }

    /// <summary>That the adapter belongs to the model is known, so that names need not be compared.</summary>
    public bool IsOwnBase { get; init; }

    /// <summary>Whether an encoder without a classification head passes.</summary>
    public bool WithoutHead { get; init; }

    /// <summary>What it is computed in: float32 or bfloat16.</summary>
    public required string Dtype { get; init; }

    /// <summary>The largest difference that passes, relative to the largest expected value.</summary>
    public required double Tolerance { get; init; }

    /// <summary>The licence where the folder's README.md does not say it.</summary>
    public string? Licence { get; init; }

    /// <summary>One JSON object instead of lines for people.</summary>
    public bool Json { get; init; }
}
