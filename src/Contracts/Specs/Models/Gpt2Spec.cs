namespace Ptune.Contracts.Specs;

/// <summary>GPT-2: LayerNorm, learnt positions, GELU.</summary>
[GenerateSerializer, Alias("ptune.Gpt2Spec")]
public sealed record Gpt2Spec : DecoderSpec;
