using Ptune.Learning.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Tensors;

public sealed class FewRowsTests : IDisposable
{
    private readonly Generator _generator = new(1);

    /// <summary>Rows, inputs, outputs: below, at and beyond the width of a vector; one part and several.</summary>
    public static TheoryData<int, int, int> Sizes => new() { { 1, 1, 1 }, { 1, 15, 7 }, { 3, 16, 33 }, { 8, 63, 5 }, { 2, 100, 40 }, { 1, 64, 1 }, { 8, 576, 300 }, { 1, 1_000, 257 } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Product_AnySize_IsTheSumOfTheProducts(int rows, int inputs, int outputs)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        Tensor x = Random(rows, inputs), weight = Random(outputs, inputs), bias = Random(outputs);
        var expected = x.to_type(ScalarType.Float64).matmul(weight.to_type(ScalarType.Float64).t());
        TensorAssert.Near(expected, FewRows.Product(x, weight, null), 1e-6, "the product");
        TensorAssert.Near(expected + bias, FewRows.Product(x, weight, bias), 1e-6, "the product with a bias");
    }

    [Fact]
    public void Product_OfSeveralRows_IsForEachTheSameAsAlone()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        Tensor x = Random(8, 1, 576), weight = Random(1_000, 576);
        var all = FewRows.Product(x, weight, null);
        Assert.Equal([8, 1, 1_000], all.shape);
        for (int row = 0; row < 8; row++) Assert.True(TensorAssert.Same(all[row], FewRows.Product(x[row], weight, null)));
    }

    [Fact]
    public void Product_OfAView_ReadsItsElements()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        Tensor states = Random(3, 4, 70), weight = Random(9, 70), last = states.select(1, 3);
        Assert.True(TensorAssert.Same(FewRows.Product(last.clone(), weight, null), FewRows.Product(last, weight, null)));
    }

    [Fact]
    public void Are_ManyRowsAnotherTypeOrGradients_AreNot()
    {
        using var scope = NewDisposeScope();
        using (no_grad())
        {
            Assert.True(FewRows.Are(zeros(8, 1, 5)));
            Assert.False(FewRows.Are(zeros(3, 3, 5)));
            Assert.False(FewRows.Are(zeros([1, 5], ScalarType.BFloat16)));
            Assert.False(FewRows.Are(zeros(0, 5)));
        }

        Assert.False(FewRows.Are(zeros(1, 5)));
    }

    public void Dispose() => _generator.Dispose();

    private Tensor Random(params long[] shape) => randn(shape, generator: _generator);
}
