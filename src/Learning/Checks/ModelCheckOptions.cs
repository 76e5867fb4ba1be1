namespace Ptune.Learning.Checks;

/// <summary>What is to be checked of a model's folder.</summary>
public sealed record ModelCheckOptions
{
    public const double ByDefault = 1e-4;

    /// <summary>The folder.</summary>
    public required string Folder { get; init; }

    /// <summary>A safetensors file with inputs and the outputs that are expected of them; null: nothing is computed.</summary>
    public string? Expect { get; init; }

    /// <summary>A PEFT folder that is hung on the model; null: none.</summary>
    public string? Adapter { get; init; }

    /// <summary>That the adapter belongs to the model is known, so that names need not be compared.</summary>
    public bool IsOwnBase { get; init; }

    /// <summary>Whether an encoder without a classification head passes: it has no outputs to compare.</summary>
    public bool WithoutHead { get; init; }

    /// <summary>What it is computed in: float32 or bfloat16.</summary>
    public string Dtype { get; init; } = "float32";

    /// <summary>The largest difference that passes, relative to the largest expected absolute value. Default: 1e-4.</summary>
    public double Tolerance { get; init; } = ByDefault;

    /// <summary>The licence where README.md does not say it.</summary>
    public string? Licence { get; init; }
}
