namespace Ptune.Learning.Models;

/// <summary>What a family's checkpoints call the layers of an <see cref="EncoderBlock"/>, after the block's own name.</summary>
internal sealed record EncoderNames(string Query, string Key, string Value, string Output, string AttentionNorm, string Up, string Down, string MlpNorm)
{
    public static EncoderNames Bert { get; } = new(
        "attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense", "attention.output.LayerNorm",
        "intermediate.dense", "output.dense", "output.LayerNorm");

    public static EncoderNames Vit { get; } = new(
        "attention.attention.query", "attention.attention.key", "attention.attention.value", "attention.output.dense", "layernorm_before",
        "intermediate.dense", "output.dense", "layernorm_after");

    public static EncoderNames Clip { get; } = new(
        "self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.out_proj", "layer_norm1",
        "mlp.fc1", "mlp.fc2", "layer_norm2");
}
