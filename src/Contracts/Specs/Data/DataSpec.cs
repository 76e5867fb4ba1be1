using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>The examples that a job reads: a split of a data set, its first rows only, and a shift of domain.</summary>
[GenerateSerializer, Alias("ptune.DataSpec")]
public sealed record DataSpec
{
    [Id(0), Description("The data set.")]
    public required DatasetSpec Dataset { get; init; }

    [Id(1), Description("How it is divided into splits.")]
    public SplitsSpec Splits { get; init; } = new();

    [Id(2), Description("Which part: pretraining, tuning, validation or test.")]
    public required Split Split { get; init; }

    [Id(3), Range(1, 1_000_000_000), Description("Use only this many rows of the split, from its beginning. Default: all.")]
    public int? Count { get; init; }

    [Id(4), Description("The domain shift. Default: none.")]
    public ShiftSpec? Shift { get; init; }
}
