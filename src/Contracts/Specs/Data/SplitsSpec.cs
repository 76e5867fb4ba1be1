using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>
/// How the training file is cut into disjoint splits: a seeded permutation of its rows, then pretraining, tuning and validation in
/// this order. The test split is the test file, untouched.
/// </summary>
[GenerateSerializer, Alias("ptune.SplitsSpec")]
public sealed record SplitsSpec
{
    [Id(0), Description("Seed of the permutation. Default: 2025.")]
    public long Seed { get; init; } = 2025;

    [Id(1), Range(1, 1_000_000_000), Description("Rows for pretraining. Default: 50000.")]
    public int Pretraining { get; init; } = 50_000;

    [Id(2), Range(1, 1_000_000_000), Description("Rows for tuning. Default: 4000.")]
    public int Tuning { get; init; } = 4_000;

    [Id(3), Range(1, 1_000_000_000), Description("Rows for choosing settings. Default: 6000.")]
    public int Validation { get; init; } = 6_000;
}
