using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>When a training ends early. The loss is that of the validation split of the same data.</summary>
[GenerateSerializer, Alias("ptune.EarlyStoppingSpec")]
public sealed record EarlyStoppingSpec
{
    [Id(0), Range(1, 10_000), Description("Looks at the validation loss without a lower one that end the training. Default: 3.")]
    public int Patience { get; init; } = 3;

    [Id(1), Range(1, 1_000_000_000), Description("Steps between two looks. Default: 50.")]
    public int EverySteps { get; init; } = 50;

    [Id(2), Range(1, 1_000_000_000), Description("Use at most this many examples of the validation split. Default: 200.")]
    public int Count { get; init; } = 200;
}
