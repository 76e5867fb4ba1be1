using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>A foundation model's pretraining on the clean images of the pretraining split.</summary>
[GenerateSerializer, Alias("ptune.StudyPretraining")]
public sealed record StudyPretraining
{
    [Id(0), Description("Seed of the weights and of the order of the examples. Default: 1.")]
    public long Seed { get; init; } = 1;

    [Id(1), Range(1, 1_000_000_000), Description("Use only this many rows of the pretraining split, from its beginning. Default: all.")]
    public int? Count { get; init; }

    [Id(2), Description("How it is trained.")]
    public required TrainingRecipe Recipe { get; init; }
}
