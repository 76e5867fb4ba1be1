using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>What a study tunes its models on, and how.</summary>
[GenerateSerializer, Alias("ptune.StudyTuning")]
public sealed record StudyTuning
{
    [Id(0), Description("The examples: a name under datasets.")]
    public required string Data { get; init; }

    [Id(1), Range(1, 1_000_000_000), Description("Use only this many records of the tuning split, from its beginning. Default: all.")]
    public int? Count { get; init; }

    [Id(2), Description("How models are tuned. A method may have a recipe of its own.")]
    public TrainingRecipe Recipe { get; init; } = new();

    [Id(3), Description("What is done with an example of more tokens than maxTokens: cut, cutPrompt, drop or refuse. Default: cut.")]
    public TooLong? TooLong { get; init; }

    [Id(4), Description("Whether short examples share a row of maxTokens tokens; none sees another. Default: true.")]
    public bool? Packing { get; init; }

    [Id(5), Description("The tokens that the loss sees, of promptResponse and messages: response or all. Default: response.")]
    public LossScope? Loss { get; init; }
}
