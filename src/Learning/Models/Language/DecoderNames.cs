namespace Ptune.Learning.Models.Language;

/// <summary>What a family's checkpoints call a decoder's layers; those of a block follow <see cref="Block"/> and its number.</summary>
/// <param name="Packed">Queries, keys and values in one layer.</param>
/// <param name="Gate">Of a gated feed-forward part.</param>
internal sealed record DecoderNames(
    string Embedding,
    string? Positions,
    string Block,
    string AttentionNorm,
    string MlpNorm,
    string? Packed,
    string? Query,
    string? Key,
    string? Value,
    string Output,
    string? Gate,
    string Up,
    string Down,
    string FinalNorm,
    string Head)
{
    /// <summary>Those of Llama, Mistral and Qwen.</summary>
    public static DecoderNames Llama { get; } = new(
        "model.embed_tokens", null, "model.layers", "input_layernorm", "post_attention_layernorm",
        null, "self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.o_proj",
        "mlp.gate_proj", "mlp.up_proj", "mlp.down_proj", "model.norm", "lm_head");

    /// <summary>Those of GPT-2.</summary>
    public static DecoderNames Gpt2 { get; } = new(
        "transformer.wte", "transformer.wpe", "transformer.h", "ln_1", "ln_2",
        "attn.c_attn", null, null, null, "attn.c_proj",
        null, "mlp.c_fc", "mlp.c_proj", "transformer.ln_f", "lm_head");

    /// <summary>Those of GPT-NeoX and Pythia.</summary>
    public static DecoderNames GptNeoX { get; } = new(
        "gpt_neox.embed_in", null, "gpt_neox.layers", "input_layernorm", "post_attention_layernorm",
        "attention.query_key_value", null, null, null, "attention.dense",
        null, "mlp.dense_h_to_4h", "mlp.dense_4h_to_h", "gpt_neox.final_layer_norm", "embed_out");

    /// <summary>Of the norms on queries and keys, beside their projections (Qwen3).</summary>
    public const string QueryNorm = "self_attn.q_norm";

    /// <inheritdoc cref="QueryNorm"/>
    public const string KeyNorm = "self_attn.k_norm";
}
