namespace Ptune.Contracts.Specs;

/// <summary>GPT-2: LayerNorm, learnt positions, GELU.</summary>
[GenerateSerializer, Alias("ptune.Gpt2Spec")]
public sealed record Gpt2Spec : DecoderSpec
{
    private static readonly DecoderLayout s_layout = new()
    {
        Embedding = "transformer.wte",
        Positions = "transformer.wpe",
        Block = "transformer.h",
        AttentionNorm = "ln_1",
        Attention = ["attn.c_attn"],
        Output = "attn.c_proj",
        MlpNorm = "ln_2",
        Up = "mlp.c_fc",
        Down = "mlp.c_proj",
        FinalNorm = "transformer.ln_f",
        Head = "lm_head",
        HasBiases = true,
        IsTransposed = true,
    };

    public override DecoderLayout Layout() => s_layout;
}
