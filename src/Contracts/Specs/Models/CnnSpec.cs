using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>Two 3x3 convolutions with ReLU and 2x2 max-pooling, then a hidden layer and the head.</summary>
[GenerateSerializer, Alias("ptune.CnnSpec")]
public sealed record CnnSpec : ArchitectureSpec
{
    [Id(0), Range(1, 65536), Description("Channels of the first convolution; the second has twice as many. Default: 16.")]
    public int Channels { get; init; } = 16;

    [Id(1), Range(1, 65536), Description("Width of the hidden layer. Default: 128.")]
    public int Hidden { get; init; } = 128;
}
