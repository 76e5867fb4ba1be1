using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>The examples that a job reads: a split of a data set, its first rows only, and a shift of domain.</summary>
[GenerateSerializer, Alias("ptune.DataSpec")]
public sealed record DataSpec
{
    [Id(0), Description("The data set.")]
    public required IDatasetSpec Dataset { get; init; }

    [Id(1), Description("How it is divided into splits.")]
    public SplitsSpec Splits { get; init; } = new();

    [Id(2), Description("Which part: pretraining, tuning, validation or test.")]
    public required Split Split { get; init; }

    [Id(3), Range(1, 1_000_000_000), Description("Use only this many rows of the split, from its beginning. Default: all.")]
    public int? Count { get; init; }

    [Id(4), Description("The domain shift of images. Default: none.")]
    public ShiftSpec? Shift { get; init; }

    [Id(5), Range(2, 1_000_000), Description("Tokens of an example, of texts. Default: 512.")]
    public int? MaxTokens { get; init; }

    [Id(6), Description("What is done with an example of more tokens: cut (its end), cutPrompt (the start of its prompt first), drop or refuse. Default: cut.")]
    public TooLong? TooLong { get; init; }

    [Id(7), Description("Whether short examples share a row of maxTokens tokens; none sees another. Default: true for text, promptResponse and messages.")]
    public bool? Packing { get; init; }

    [Id(8), Description("The tokens that the loss sees, of promptResponse and messages: response or all. Default: response.")]
    public LossScope? Loss { get; init; }
}
