using System.Text.Json.Serialization;

namespace Ptune.Contracts.Specs;

/// <summary>What of a model is trained.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(FullMethod), "full")]
[JsonDerivedType(typeof(HeadMethod), "head")]
[JsonDerivedType(typeof(LoraMethod), "lora")]
[JsonDerivedType(typeof(AdapterMethod), "adapter")]
[JsonDerivedType(typeof(SoftPromptMethod), "softPrompt")]
[GenerateSerializer, Alias("ptune.TuningMethod")]
public abstract record TuningMethod
{
    /// <summary>What it makes: a whole model, or a patch that is hung on one.</summary>
    public abstract ArtifactKind Makes();
}
