using Ptune.Learning.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Tensors;

public sealed class VocabularyRowsTests : IDisposable
{
    private readonly Generator _generator = new(1);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 31)]
    [InlineData(5, 32)]
    [InlineData(2, 100)]
    [InlineData(40, 4_099)]
    public void LogSumExp_AnyWidth_IsThatOfLibtorch(int rows, int width)
    {
        using var scope = NewDisposeScope();
        var logits = (Random(rows, width) * 10).Plus(500);
        // Rows of the head that no token has.
        if (width > 1) logits.narrow(1, width - 1, 1).fill_(-1e30f);
        var expected = logits.to_type(ScalarType.Float64).logsumexp(1, keepdim: true);
        TensorAssert.Near(expected, VocabularyRows.LogSumExp(logits), 1e-6, "the log of the sum");
    }

    [Theory]
    [InlineData(float.NaN, 3)]
    [InlineData(float.NaN, 69)]
    [InlineData(float.PositiveInfinity, 3)]
    [InlineData(float.PositiveInfinity, 69)]
    public void LogSumExp_OfNumbersThatAreNotFinite_IsNotFinite(float number, int place)
    {
        using var scope = NewDisposeScope();
        var logits = zeros(1, 70);
        logits[0, place] = number;
        Assert.False(float.IsFinite(VocabularyRows.LogSumExp(logits).item<float>()));
    }

    public void Dispose() => _generator.Dispose();

    private Tensor Random(params long[] shape) => randn(shape, generator: _generator);
}
