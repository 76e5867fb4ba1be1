using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Ptune.Contracts.Specs;

/// <summary>A column of a study's result: a task, the data that it is asked of, and the figure that is shown. A new task is a type and a line here.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(BitsPerByteStudyTask), "bitsPerByte")]
[JsonDerivedType(typeof(AccuracyStudyTask), "accuracy")]
[JsonDerivedType(typeof(MultipleChoiceStudyTask), "multipleChoice")]
[JsonDerivedType(typeof(ExactMatchStudyTask), "exactMatch")]
[GenerateSerializer, Alias("ptune.StudyTask")]
public abstract record StudyTask
{
    [Id(0), MaxLength(60), Description("What it is called in the result. Default: its data's name.")]
    public string? Name { get; init; }

    [Id(1), Description("The examples: a name under datasets.")]
    public required string Data { get; init; }

    [Id(2), Description("The split: test to report, or validation to choose settings. Default: test.")]
    public Split Split { get; init; } = Split.Test;

    [Id(3), Range(1, 1_000_000_000), Description("Use only this many records of the split, from its beginning. Default: all.")]
    public int? Count { get; init; }

    /// <summary>What the result calls it.</summary>
    public string Title() => Name ?? Data;

    /// <summary>What the models are asked.</summary>
    public abstract TaskSpec Judged();

    /// <summary>The figure of the evaluation that is compared and shown.</summary>
    public abstract string Metric();

    /// <summary>All figures that the result has, the one that is shown first.</summary>
    public virtual IEnumerable<string> Metrics() => [Metric()];

    /// <summary>Whether less is better.</summary>
    public abstract bool IsLessBetter();

    /// <summary>Whether data of this format can be asked.</summary>
    public bool Fits(TextFormat format) => Judged().Fits(format);
}
