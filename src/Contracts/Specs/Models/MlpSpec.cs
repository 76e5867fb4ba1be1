using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>A multi-layer perceptron on the flattened image, ReLU between layers.</summary>
[GenerateSerializer, Alias("ptune.MlpSpec")]
public sealed record MlpSpec : ArchitectureSpec
{
    [Id(0), Range(1, 65536), Description("Width of each hidden layer. Default: 256.")]
    public int Hidden { get; init; } = 256;

    [Id(1), Range(1, 1024), Description("Number of hidden layers. Default: 2.")]
    public int Depth { get; init; } = 2;
}
