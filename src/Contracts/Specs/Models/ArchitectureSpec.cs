using System.Text.Json.Serialization;

namespace Ptune.Contracts.Specs;

/// <summary>The shape of a network. Its input is [batch, 1, height, width], its output [batch, labels].</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(VitSpec), "vit")]
[JsonDerivedType(typeof(CnnSpec), "cnn")]
[JsonDerivedType(typeof(MlpSpec), "mlp")]
[GenerateSerializer, Alias("ptune.ArchitectureSpec")]
public abstract record ArchitectureSpec;
