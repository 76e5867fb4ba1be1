namespace Ptune.Contracts.Specs;

/// <summary>Llama (arXiv 2302.13971): RMSNorm, rotary positions, SwiGLU.</summary>
[GenerateSerializer, Alias("ptune.LlamaSpec")]
public sealed record LlamaSpec : GroupedDecoderSpec;
