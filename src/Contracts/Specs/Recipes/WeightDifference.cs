using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>What tuning changed of a model's weights: weight times (tuned - source).</summary>
[GenerateSerializer, Alias("ptune.WeightDifference")]
public sealed record WeightDifference
{
    [Id(0), Description("The tuned model: name@version, sha256:... or job:...")]
    public required string Tuned { get; init; }

    [Id(1), Description("The model that it was tuned from.")]
    public required string Source { get; init; }

    [Id(2), Range(-1000, 1000), Description("What the difference is multiplied by. Default: 1.")]
    public double Weight { get; init; } = 1;
}
