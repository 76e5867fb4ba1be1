using Ptune.Learning.Models;
using Ptune.Learning.Models.Language;
using Ptune.Learning.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Tensors;

public sealed class RowPassesTests : IDisposable
{
    private readonly Generator _generator = new(1);

    // Of the largest value; f32 rounds to 6e-8.
    private const double _tolerance = 5e-7;

    public static TheoryData<int> Widths => [1, 8, 16, 40, 64, 576];

    [Theory]
    [MemberData(nameof(Widths))]
    public void RootMeanSquareNorm_AnyWidth_IsThatOfTheLayer(int width)
    {
        using var scope = NewDisposeScope();
        Tensor x = Random(3, 1, width), weight = Random(width);
        // With gradients the layer is computed operation by operation.
        var expected = new RmsNorm(weight, 1e-5).Apply(x);
        TensorAssert.Near(expected, RowPasses.RootMeanSquareNorm(x, weight, 1e-5), _tolerance, "the norm");
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void SiluTimes_AnyWidth_IsThatOfLibtorch(int width)
    {
        using var scope = NewDisposeScope();
        Tensor gate = Random(2, width) * 20, up = Random(2, width);
        TensorAssert.Near(nn.functional.silu(gate) * up, RowPasses.SiluTimes(gate, up), _tolerance, "silu");
    }

    [Theory]
    [InlineData(8, 8)]
    [InlineData(64, 64)]
    [InlineData(80, 20)]
    [InlineData(96, 72)]
    public void Turn_AnyHead_IsThatOfManyTokens(int head, int turned)
    {
        using var scope = NewDisposeScope();
        var rotary = new RotaryEmbedding(turned, 10_000, new RotaryScaling.None());
        var angles = rotary.Angles(tensor(new long[] { 3, 5_000 }, [2, 1]), 5_001, ScalarType.Float32);
        var x = Random(2, 3, 1, head);
        Assert.True(TensorAssert.Same(rotary.Apply(x, angles, isStep: false), rotary.Apply(x, angles, isStep: true)));
    }

    public void Dispose() => _generator.Dispose();

    private Tensor Random(params long[] shape) => randn(shape, generator: _generator);
}
