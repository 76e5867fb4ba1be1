using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>A language model's pretraining on the tuning split of a data set.</summary>
[GenerateSerializer, Alias("ptune.StudyLanguagePretraining")]
public sealed record StudyLanguagePretraining
{
    [Id(0), Description("The texts: a name under datasets.")]
    public required string Data { get; init; }

    [Id(1), Range(1, 1_000_000_000), Description("Use only this many records of the tuning split, from its beginning. Default: all.")]
    public int? Count { get; init; }

    [Id(2), Description("How it is trained.")]
    public required TrainingRecipe Recipe { get; init; }

    [Id(3), Description("Seed of the weights and of the order of the examples. Default: 1.")]
    public long Seed { get; init; } = 1;
}
