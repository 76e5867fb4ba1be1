using Ptune.Contracts.Specs;

namespace Ptune.Contracts.Estimates;

/// <summary>The shapes of language models that are made from fresh weights.</summary>
public static class FreshShapes
{
    private const int Multiple = 8;

    /// <param name="spec">Family and sizes.</param>
    /// <param name="vocabulary">Entries of the tokenizer.</param>
    public static TransformerShape Of(DecoderSpec spec, long vocabulary)
    {
        long width = spec.Width, head = width / spec.Heads, query = head * spec.Heads, inner = Inner(spec);
        var key = head * ((spec as GroupedDecoderSpec)?.KeyValueHeads ?? spec.Heads);
        var isGrouped = spec is GroupedDecoderSpec;
        // LayerNorm has a shift, and its families have biases everywhere.
        var norm = isGrouped ? width : 2 * width;
        var block = (2 * norm) + (width * (query + (2 * key))) + (query * width) + ((isGrouped ? 3 : 2) * width * inner);
        if (!isGrouped) block += query + (2 * key) + width + inner + width;
        if (spec is Qwen2Spec) block += query + (2 * key);
        if (spec is Qwen3Spec) block += 2 * head;
        var positions = spec is Gpt2Spec ? spec.Context * width : 0;
        return new TransformerShape
        {
            Parameters = checked((vocabulary * width * (spec.Tied ? 1 : 2)) + positions + (spec.Layers * block) + norm),
            Layers = spec.Layers,
            Width = width,
            Inner = inner,
            QueryWidth = query,
            KeyWidth = key,
            Outputs = vocabulary,
            Gated = isGrouped,
        };
    }

    /// <summary>Width of the feed-forward part. Gated ones have three matrices instead of two: two thirds of the width cost the same.</summary>
    public static int Inner(DecoderSpec spec) =>
        spec.Inner ?? (spec is GroupedDecoderSpec ? ((8 * spec.Width / 3) + Multiple - 1) / Multiple * Multiple : 4 * spec.Width);
}
