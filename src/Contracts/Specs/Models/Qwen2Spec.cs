namespace Ptune.Contracts.Specs;

/// <summary>Qwen2 (arXiv 2407.10671): Llama with biases of queries, keys and values.</summary>
[GenerateSerializer, Alias("ptune.Qwen2Spec")]
public sealed record Qwen2Spec : GroupedDecoderSpec
{
    public override DecoderLayout Layout() => DecoderLayout.Llama with { HasAttentionBiases = true };
}
