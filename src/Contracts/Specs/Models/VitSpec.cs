using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>A vision transformer (arXiv 2010.11929), pre-norm, with a class token and learnt positions.</summary>
[GenerateSerializer, Alias("ptune.VitSpec")]
public sealed record VitSpec : ArchitectureSpec
{
    [Id(0), Range(1, 1024), Description("Side of a patch in pixels; it divides the image's side. Default: 7.")]
    public int Patch { get; init; } = 7;

    [Id(1), Range(1, 65536), Description("Width of the residual stream. Default: 64.")]
    public int Dim { get; init; } = 64;

    [Id(2), Range(1, 1024), Description("Number of blocks. Default: 4.")]
    public int Depth { get; init; } = 4;

    [Id(3), Range(1, 1024), Description("Attention heads; they divide the width. Default: 4.")]
    public int Heads { get; init; } = 4;
}
