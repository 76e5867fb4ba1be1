using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>Vectors before the text are tuned on the source, and measured there.</summary>
[GenerateSerializer, Alias("ptune.SoftPromptStudyMethod")]
public sealed record SoftPromptStudyMethod : TunedStudyMethod
{
    [Id(0), Range(1, 10_000), Description("Number of vectors. Default: 20.")]
    public int Tokens { get; init; } = 20;

    protected override TuningMethod Tuning() => new SoftPromptMethod { Tokens = Tokens };
}
