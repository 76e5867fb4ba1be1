using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>
/// A change of domain: each image loses one square of pixels. The place is drawn once for each image from the seed and the image's
/// row, so that an image looks the same at every pass and a frozen model's outputs can be cached.
/// </summary>
[GenerateSerializer, Alias("ptune.ShiftSpec")]
public sealed record ShiftSpec
{
    [Id(0), Description("The kind of shift: occlusion.")]
    public ShiftKind Kind { get; init; } = ShiftKind.Occlusion;

    [Id(1), Range(1, 1024), Description("Side of the square, in pixels. Default: 14.")]
    public int Size { get; init; } = 14;

    [Id(2), Description("Seed of the squares' positions. Default: 7.")]
    public long Seed { get; init; } = 7;
}
