using System.ComponentModel;

namespace Ptune.Contracts.Specs;

/// <summary>The values that a sweep tries at one place of the job: either <c>values</c>, or <c>min</c> and <c>max</c>.</summary>
[GenerateSerializer, Alias("ptune.SweepRange")]
public sealed record SweepRange
{
    [Id(0), Description("The values to try.")]
    public SweepValue[]? Values { get; init; }

    [Id(1), Description("The smallest value to draw.")]
    public double? Min { get; init; }

    [Id(2), Description("The largest value to draw. Where the job takes a whole number, whole numbers are drawn.")]
    public double? Max { get; init; }

    [Id(3), Description("How values are drawn between min and max: linear or log. Default: linear.")]
    public SweepScale Scale { get; init; } = SweepScale.Linear;
}
