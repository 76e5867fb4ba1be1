using System.Text.Json.Serialization;

namespace Ptune.Contracts.Specs;

/// <summary>What a language model is asked, and how its answers are judged. A new task is a type and a line here, and a line in the worker's list of judges.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(BitsPerByteTask), "bitsPerByte")]
[JsonDerivedType(typeof(MultipleChoiceTask), "multipleChoice")]
[JsonDerivedType(typeof(AccuracyTask), "accuracy")]
[JsonDerivedType(typeof(ExactMatchTask), "exactMatch")]
[GenerateSerializer, Alias("ptune.TaskSpec")]
public abstract record TaskSpec
{
    /// <summary>Whether data of this format can be asked.</summary>
    public virtual bool Fits(TextFormat format) => format is TextFormat.Text or TextFormat.PromptResponse or TextFormat.Messages;
}
