using System.Text.Json.Serialization;

namespace Ptune.Contracts.Specs;

/// <summary>What a language model is asked, and how its answers are judged.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(BitsPerByteTask), "bitsPerByte")]
[JsonDerivedType(typeof(MultipleChoiceTask), "multipleChoice")]
[JsonDerivedType(typeof(AccuracyTask), "accuracy")]
[JsonDerivedType(typeof(ExactMatchTask), "exactMatch")]
[GenerateSerializer, Alias("ptune.TaskSpec")]
public abstract record TaskSpec;
