using System.Text.Json.Serialization;

namespace Ptune.Contracts.Specs;

/// <summary>The shape of a network: of an image classifier, [batch, 1, height, width] to [batch, labels], or of a language model (<see cref="DecoderSpec"/>).</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(VitSpec), "vit")]
[JsonDerivedType(typeof(CnnSpec), "cnn")]
[JsonDerivedType(typeof(MlpSpec), "mlp")]
[JsonDerivedType(typeof(LlamaSpec), "llama")]
[JsonDerivedType(typeof(MistralSpec), "mistral")]
[JsonDerivedType(typeof(Qwen2Spec), "qwen2")]
[JsonDerivedType(typeof(Qwen3Spec), "qwen3")]
[JsonDerivedType(typeof(Gpt2Spec), "gpt2")]
[JsonDerivedType(typeof(GptNeoXSpec), "gptNeoX")]
[GenerateSerializer, Alias("ptune.ArchitectureSpec")]
public abstract record ArchitectureSpec;
