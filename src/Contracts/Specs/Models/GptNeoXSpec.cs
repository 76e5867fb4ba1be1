using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>GPT-NeoX (arXiv 2204.06745), as Pythia: LayerNorm, partial rotary positions, parallel residual.</summary>
[GenerateSerializer, Alias("ptune.GptNeoXSpec")]
public sealed record GptNeoXSpec : DecoderSpec
{
    [Id(0), Range(0, 1, MinimumIsExclusive = true), Description("The share of a head's numbers that are rotated. Default: 0.25.")]
    public double RotaryShare { get; init; } = 0.25;
}
