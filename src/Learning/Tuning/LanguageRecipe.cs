using Ptune.Contracts.Specs;

namespace Ptune.Learning.Tuning;

/// <summary>How a language model is trained.</summary>
internal sealed record LanguageRecipe
{
    /// <summary>The learning rate on its way, the weight decay of matrices, and how often a checkpoint is written.</summary>
    public required TrainingRecipe Rates { get; init; }

    public required long Steps { get; init; }

    /// <summary>At most so many tokens a step.</summary>
    public required long BatchTokens { get; init; }

    /// <summary>So many rows go forward and back at once; it changes memory, and the result by rounding only.</summary>
    public required int MicroBatch { get; init; }

    /// <summary>The largest norm of the gradients; null: none.</summary>
    public double? Clip { get; init; }
}
