using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>Trained vectors before the text (Lester et al., arXiv 2104.08691).</summary>
[GenerateSerializer, Alias("ptune.SoftPromptMethod")]
public sealed record SoftPromptMethod : TuningMethod
{
    [Id(0), Range(1, 10_000), Description("Number of vectors. Default: 20.")]
    public int Tokens { get; init; } = 20;

    public override ArtifactKind Makes() => ArtifactKind.Patch;
}
