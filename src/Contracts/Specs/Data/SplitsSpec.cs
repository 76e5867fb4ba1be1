using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>
/// How a data set is cut into disjoint splits. Images: a seeded permutation of the training file's rows, then pretraining, tuning and validation in
/// this order; the test split is the test file, untouched. Texts: shares of all records; equal contents lie in one split.
/// </summary>
[GenerateSerializer, Alias("ptune.SplitsSpec")]
public sealed record SplitsSpec
{
    [Id(0), Description("Seed of the permutation. Default: 2025.")]
    public long Seed { get; init; } = 2025;

    [Id(1), LeftOutWith(nameof(Shares)), Range(1, 1_000_000_000), Description("Rows for pretraining. Default: 50000.")]
    public int Pretraining { get; init; } = 50_000;

    [Id(2), LeftOutWith(nameof(Shares)), Range(1, 1_000_000_000), Description("Rows for tuning. Default: 4000.")]
    public int Tuning { get; init; } = 4_000;

    [Id(3), LeftOutWith(nameof(Shares)), Range(1, 1_000_000_000), Description("Rows for choosing settings. Default: 6000.")]
    public int Validation { get; init; } = 6_000;

    [Id(4), MinLength(3), MaxLength(3), Description("Of texts: the shares of tuning, validation and test, each from 0 to 1 and at most 1 together. Default: [0.8, 0.1, 0.1].")]
    public double[]? Shares { get; init; }

    [Id(5), Description("Of texts: order cuts a permutation of the data set at the shares; content places each text by its own content, so that data sets with texts in common never have one of them in different splits. Default: order.")]
    public SplitBy? By { get; init; }
}
