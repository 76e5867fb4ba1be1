namespace Ptune.Learning.Importing;

/// <summary>What a patch is, for its artifact's manifest.</summary>
public sealed record PatchFacts
{
    /// <summary>lora, rslora or softPrompt.</summary>
    public required string Kind { get; init; }

    /// <summary>The largest rank; null: it has none.</summary>
    public required int? Rank { get; init; }

    /// <summary>What the product counts, before it is divided by the rank; null: it has none.</summary>
    public required double? Alpha { get; init; }

    /// <summary>Vectors of a soft prompt; null: it is none.</summary>
    public required long? VirtualTokens { get; init; }

    /// <summary>The last parts of the names of the layers with a delta, in order.</summary>
    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>The modules that it holds whole, in order.</summary>
    public required IReadOnlyList<string> Saved { get; init; }

    /// <summary>Numbers in it.</summary>
    public required long Parameters { get; init; }

    /// <summary>The base as the adapter's file calls it; null: it does not say.</summary>
    public required string? BaseName { get; init; }

    /// <summary>Digest of the base's parameters: <see cref="ModelFacts.Weights"/>.</summary>
    public required string BaseWeights { get; init; }

    /// <summary>Fingerprint of the base's output space: <see cref="ModelFacts.OutputSpace"/>.</summary>
    public required string? OutputSpace { get; init; }

    /// <summary>The base's labels; null: it has none.</summary>
    public required IReadOnlyList<string>? Labels { get; init; }

    /// <summary>By how much it changes the base's outputs on a probe, relative to the largest of them. 0: it does nothing.</summary>
    public required double ProbeChange { get; init; }
}
