using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>Bottleneck adapters are tuned on the source, and measured there.</summary>
[GenerateSerializer, Alias("ptune.AdapterStudyMethod")]
public sealed record AdapterStudyMethod : TunedStudyMethod
{
    [Id(0), Range(1, 65536), Description("Width of the bottleneck. Default: 64.")]
    public int Width { get; init; } = 64;

    protected override TuningMethod Tuning() => new AdapterMethod { Width = Width };
}
