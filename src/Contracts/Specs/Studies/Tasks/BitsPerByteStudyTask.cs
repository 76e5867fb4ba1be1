using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Ptune.Contracts.Artifacts;

namespace Ptune.Contracts.Specs;

/// <summary>Bits that a model needs for a byte of the text.</summary>
[GenerateSerializer, Alias("ptune.BitsPerByteStudyTask")]
public sealed record BitsPerByteStudyTask : StudyTask
{
    [Id(0), Range(2, 1_000_000), Description("Tokens of a window. Default: maxTokens, at most the model's context.")]
    public int? Window { get; init; }

    public override TaskSpec Judged() => new BitsPerByteTask { Window = Window };

    public override string Metric() => MetricNames.BitsPerByte;

    public override bool IsLessBetter() => true;
}
