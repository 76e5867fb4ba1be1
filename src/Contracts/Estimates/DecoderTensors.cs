using Ptune.Contracts.Specs;

namespace Ptune.Contracts.Estimates;

/// <summary>The tensors of a language model with fresh weights: names as its checkpoints have them, and shapes.</summary>
public static class DecoderTensors
{
    /// <summary>All of them, in the order of the layers. A tied head is the embedding.</summary>
    /// <param name="spec">Family and sizes.</param>
    /// <param name="vocabulary">Rows of the embedding; null: not known, and given as 0.</param>
    public static IReadOnlyDictionary<string, long[]> Of(DecoderSpec spec, long? vocabulary)
    {
        var layout = spec.Layout();
        var all = new Dictionary<string, long[]> { [$"{layout.Embedding}.weight"] = [vocabulary ?? 0, spec.Width] };
        if (layout.Positions is { } positions) all[$"{positions}.weight"] = [spec.Context, spec.Width];
        for (var layer = 0; layer < spec.Layers; layer++) AddBlock(all, spec, layout, $"{layout.Block}.{layer}");
        AddNorm(all, layout, layout.FinalNorm, spec.Width);
        if (!spec.Tied) all[$"{layout.Head}.weight"] = [vocabulary ?? 0, spec.Width];
        return all;
    }

    /// <summary>The weights of the linear layers of the blocks: what low-rank deltas hang on.</summary>
    public static IReadOnlyDictionary<string, long[]> Linears(DecoderSpec spec) =>
        Of(spec, null).Where(tensor => tensor.Value.Length == 2 && tensor.Key.StartsWith(spec.Layout().Block, StringComparison.Ordinal)).ToDictionary(tensor => tensor.Key, tensor => tensor.Value);

    private static void AddBlock(Dictionary<string, long[]> all, DecoderSpec spec, DecoderLayout layout, string block)
    {
        long head = spec.Width / spec.Heads, queries = head * spec.Heads, keys = head * ((spec as GroupedDecoderSpec)?.KeyValueHeads ?? spec.Heads), inner = FreshShapes.Inner(spec);
        AddNorm(all, layout, $"{block}.{layout.AttentionNorm}", spec.Width);
        var hasAttentionBiases = layout.HasBiases || layout.HasAttentionBiases;
        if (layout.Attention is [var packed])
        {
            Add(packed, spec.Width, queries + (2 * keys), hasAttentionBiases);
        }
        else
        {
            for (var part = 0; part < layout.Attention.Count; part++) Add(layout.Attention[part], spec.Width, part == 0 ? queries : keys, hasAttentionBiases);
        }
        if (layout.HasHeadNorms) (all[$"{block}.self_attn.q_norm.weight"], all[$"{block}.self_attn.k_norm.weight"]) = ([head], [head]);
        Add(layout.Output, queries, spec.Width, layout.HasBiases);
        AddNorm(all, layout, $"{block}.{layout.MlpNorm}", spec.Width);
        if (layout.Gate is { } gate) Add(gate, spec.Width, inner, layout.HasBiases);
        Add(layout.Up, spec.Width, inner, layout.HasBiases);
        Add(layout.Down, inner, spec.Width, layout.HasBiases);

        void Add(string name, long inputs, long outputs, bool bias)
        {
            all[$"{block}.{name}.weight"] = layout.IsTransposed ? [inputs, outputs] : [outputs, inputs];
            if (bias) all[$"{block}.{name}.bias"] = [outputs];
        }
    }

    private static void AddNorm(Dictionary<string, long[]> all, DecoderLayout layout, string name, long width)
    {
        all[$"{name}.weight"] = [width];
        if (layout.HasBiases) all[$"{name}.bias"] = [width];
    }
}
