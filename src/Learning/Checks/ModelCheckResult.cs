namespace Ptune.Learning.Checks;

/// <summary>What a folder is, and how far its outputs lie from the expected ones.</summary>
public sealed record ModelCheckResult
{
    public required string Family { get; init; }

    public required long Parameters { get; init; }

    /// <summary>The types that the weights are stored in.</summary>
    public required IReadOnlyList<string> Dtypes { get; init; }

    /// <summary>In tokens; null: the model reads no text.</summary>
    public required long? Context { get; init; }

    public required string OutputSpace { get; init; }

    /// <summary>Entries of the tokenizer; null: the folder has none.</summary>
    public required int? Tokenizer { get; init; }

    public required bool Template { get; init; }

    public required string Licence { get; init; }

    /// <summary>What loads, but is worth a sentence.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The largest difference, relative to the largest expected absolute value; null: nothing was compared.</summary>
    public double? Difference { get; init; }

    /// <summary>The difference that passes; null: nothing was compared.</summary>
    public double? Allowed { get; init; }

    /// <summary>Whether the outputs are the expected ones, as far as they were compared. NaN is not.</summary>
    public bool IsRight => Difference is not { } difference || difference <= Allowed;
}
