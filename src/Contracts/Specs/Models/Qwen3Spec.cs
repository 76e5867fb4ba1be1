namespace Ptune.Contracts.Specs;

/// <summary>Qwen3 (arXiv 2505.09388): Llama with normalized queries and keys.</summary>
[GenerateSerializer, Alias("ptune.Qwen3Spec")]
public sealed record Qwen3Spec : GroupedDecoderSpec
{
    public override DecoderLayout Layout() => DecoderLayout.Llama with { HasHeadNorms = true };
}
