using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>A decoder whose queries may share heads of keys and values (arXiv 2305.13245).</summary>
[GenerateSerializer, Alias("ptune.GroupedDecoderSpec")]
public abstract record GroupedDecoderSpec : DecoderSpec
{
    [Id(0), Range(1, 1024), Description("Heads of keys and values; they divide the heads. Default: one for each head.")]
    public int? KeyValueHeads { get; init; }

    [Id(1), Range(1, 1e9), Description("Base of the rotary positions. Default: 10000.")]
    public double RopeTheta { get; init; } = 10_000;

    public override DecoderLayout Layout() => DecoderLayout.Llama;
}
