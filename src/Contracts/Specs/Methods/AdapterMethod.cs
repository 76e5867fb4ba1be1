using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>Bottleneck adapters behind attention and feed-forward layers (Houlsby et al., arXiv 1902.00751).</summary>
[GenerateSerializer, Alias("ptune.AdapterMethod")]
public sealed record AdapterMethod : TuningMethod
{
    [Id(0), Range(1, 65536), Description("Width of the bottleneck. Default: 64.")]
    public int Width { get; init; } = 64;

    public override ArtifactKind Makes() => ArtifactKind.Patch;
}
