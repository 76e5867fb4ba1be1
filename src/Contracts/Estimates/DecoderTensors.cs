using Ptune.Contracts.Specs;

namespace Ptune.Contracts.Estimates;

/// <summary>The tensors of a language model with fresh weights: names as its checkpoints have them, and shapes.</summary>
public static class DecoderTensors
{
    private static readonly Names _llama = new(
        "model.embed_tokens", null, "model.layers", "input_layernorm", "post_attention_layernorm", null, "self_attn.o_proj", "mlp.gate_proj", "mlp.up_proj", "mlp.down_proj", "model.norm", "lm_head");

    private static readonly Names _gpt2 = new(
        "transformer.wte", "transformer.wpe", "transformer.h", "ln_1", "ln_2", "attn.c_attn", "attn.c_proj", null, "mlp.c_fc", "mlp.c_proj", "transformer.ln_f", "lm_head");

    private static readonly Names _gptNeoX = new(
        "gpt_neox.embed_in", null, "gpt_neox.layers", "input_layernorm", "post_attention_layernorm", "attention.query_key_value", "attention.dense", null, "mlp.dense_h_to_4h", "mlp.dense_4h_to_h",
        "gpt_neox.final_layer_norm", "embed_out");

    /// <summary>All of them, in the order of the layers. A tied head is the embedding.</summary>
    /// <param name="spec">Family and sizes.</param>
    /// <param name="vocabulary">Rows of the embedding; null: not known, and given as 0.</param>
    public static IReadOnlyDictionary<string, long[]> Of(DecoderSpec spec, long? vocabulary)
    {
        var names = NamesOf(spec);
        var all = new Dictionary<string, long[]> { [$"{names.Embedding}.weight"] = [vocabulary ?? 0, spec.Width] };
        if (names.Positions is { } positions) all[$"{positions}.weight"] = [spec.Context, spec.Width];
        for (var layer = 0; layer < spec.Layers; layer++) AddBlock(all, spec, names, $"{names.Block}.{layer}");
        AddNorm(all, spec, names.FinalNorm, spec.Width);
        if (!spec.Tied) all[$"{names.Head}.weight"] = [vocabulary ?? 0, spec.Width];
        return all;
    }

    /// <summary>The weights of the linear layers of the blocks: what low-rank deltas hang on.</summary>
    public static IReadOnlyDictionary<string, long[]> Linears(DecoderSpec spec) =>
        Of(spec, null).Where(tensor => tensor.Value.Length == 2 && tensor.Key.StartsWith(NamesOf(spec).Block, StringComparison.Ordinal)).ToDictionary(tensor => tensor.Key, tensor => tensor.Value);

    private static void AddBlock(Dictionary<string, long[]> all, DecoderSpec spec, Names names, string block)
    {
        // LayerNorm's families have biases everywhere.
        var isGrouped = spec is GroupedDecoderSpec;
        long head = spec.Width / spec.Heads, queries = head * spec.Heads, keys = head * ((spec as GroupedDecoderSpec)?.KeyValueHeads ?? spec.Heads), inner = FreshShapes.Inner(spec);
        AddNorm(all, spec, $"{block}.{names.AttentionNorm}", spec.Width);
        if (names.Packed is { } packed)
        {
            Add(packed, spec.Width, queries + (2 * keys), true);
        }
        else
        {
            Add("self_attn.q_proj", spec.Width, queries, spec is Qwen2Spec);
            Add("self_attn.k_proj", spec.Width, keys, spec is Qwen2Spec);
            Add("self_attn.v_proj", spec.Width, keys, spec is Qwen2Spec);
        }
        if (spec is Qwen3Spec) (all[$"{block}.self_attn.q_norm.weight"], all[$"{block}.self_attn.k_norm.weight"]) = ([head], [head]);
        Add(names.Output, queries, spec.Width, !isGrouped);
        AddNorm(all, spec, $"{block}.{names.MlpNorm}", spec.Width);
        if (names.Gate is { } gate) Add(gate, spec.Width, inner, false);
        Add(names.Up, spec.Width, inner, !isGrouped);
        Add(names.Down, inner, spec.Width, !isGrouped);

        void Add(string name, long inputs, long outputs, bool bias)
        {
            // GPT-2 stores its matrices the other way round.
            all[$"{block}.{name}.weight"] = spec is Gpt2Spec ? [inputs, outputs] : [outputs, inputs];
            if (bias) all[$"{block}.{name}.bias"] = [outputs];
        }
    }

    private static void AddNorm(Dictionary<string, long[]> all, DecoderSpec spec, string name, long width)
    {
        all[$"{name}.weight"] = [width];
        if (spec is not GroupedDecoderSpec) all[$"{name}.bias"] = [width];
    }

    private static Names NamesOf(DecoderSpec spec) => spec switch { Gpt2Spec => _gpt2, GptNeoXSpec => _gptNeoX, _ => _llama };

    private sealed record Names(
        string Embedding, string? Positions, string Block, string AttentionNorm, string MlpNorm, string? Packed, string Output, string? Gate, string Up, string Down, string FinalNorm, string Head);
}
