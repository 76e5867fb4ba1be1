using Ptune.Contracts.Estimates;

namespace Ptune.Learning.Importing;

/// <summary>What a model is, for its artifact's manifest.</summary>
public sealed record ModelFacts
{
    /// <summary>Hugging Face's <c>model_type</c>.</summary>
    public required string Family { get; init; }

    /// <summary>Numbers that are stored; tied ones count once.</summary>
    public required long Parameters { get; init; }

    /// <summary>The types that the weights are stored in, most bytes first.</summary>
    public required IReadOnlyList<string> Dtypes { get; init; }

    /// <summary>Rows of a language model's head, padding rows included; null: it is none.</summary>
    public required long? Vocabulary { get; init; }

    /// <summary>In tokens; null: it reads no text.</summary>
    public required long? Context { get; init; }

    /// <summary>From README.md, else what was said, else "unknown".</summary>
    public required string Licence { get; init; }

    /// <summary>Fingerprint of the labels or of the tokens; null: it has no fixed one, or its tokens are not known because there is no tokenizer.</summary>
    public required string? OutputSpace { get; init; }

    /// <summary>In the order of the outputs; null: they are no labels.</summary>
    public required IReadOnlyList<string>? Labels { get; init; }

    public required bool HasChatTemplate { get; init; }

    /// <summary>What memory is estimated by.</summary>
    public required TransformerShape Shape { get; init; }

    /// <summary>Digest of the parameters, however they lie in files.</summary>
    public required string Weights { get; init; }
}
