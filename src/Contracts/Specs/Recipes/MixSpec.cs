using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>General data that is mixed into the training against forgetting.</summary>
[GenerateSerializer, Alias("ptune.MixSpec")]
public sealed record MixSpec
{
    [Id(0), Description("The examples to mix in.")]
    public required DataSpec Data { get; init; }

    [Id(1), Range(0, 0.95, MinimumIsExclusive = true), Description("The share of each step's tokens that they get. Default: 0.1.")]
    public double Share { get; init; } = 0.1;
}
