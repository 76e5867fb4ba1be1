using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>GPT-NeoX (arXiv 2204.06745), as Pythia: LayerNorm, partial rotary positions, parallel residual.</summary>
[GenerateSerializer, Alias("ptune.GptNeoXSpec")]
public sealed record GptNeoXSpec : DecoderSpec
{
    private static readonly DecoderLayout s_layout = new()
    {
        Embedding = "gpt_neox.embed_in",
        Block = "gpt_neox.layers",
        AttentionNorm = "input_layernorm",
        Attention = ["attention.query_key_value"],
        Output = "attention.dense",
        MlpNorm = "post_attention_layernorm",
        Up = "mlp.dense_h_to_4h",
        Down = "mlp.dense_4h_to_h",
        FinalNorm = "gpt_neox.final_layer_norm",
        Head = "embed_out",
        HasBiases = true,
    };

    [Id(0), Range(0, 1, MinimumIsExclusive = true), Description("The share of a head's numbers that are rotated. Default: 0.25.")]
    public double RotaryShare { get; init; } = 0.25;

    public override DecoderLayout Layout() => s_layout;
}
