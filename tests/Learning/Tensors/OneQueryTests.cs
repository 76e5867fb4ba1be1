using Ptune.Learning.Tensors;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Ptune.Learning.Tests.Tensors;

public sealed class OneQueryTests : IDisposable
{
    private readonly Generator _generator = new(1);

    private const double _tolerance = 1e-6;

    /// <summary>Rows, heads, heads of keys, tokens, numbers of a head.</summary>
    public static TheoryData<int, int, int, int, int> Sizes => new() { { 1, 1, 1, 1, 4 }, { 2, 4, 4, 7, 8 }, { 1, 9, 3, 130, 64 }, { 3, 4, 2, 33, 80 }, { 1, 8, 1, 2_000, 128 } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Attention_OverACache_IsThatOfLibtorch(int rows, int heads, int keyHeads, int length, int width)
    {
        using var scope = NewDisposeScope();
        // The cache has room for more than there is.
        Tensor q = Random(rows, heads, 1, width), k = Random(rows, keyHeads, length + 5, width).narrow(2, 0, length), v = Random(rows, keyHeads, length + 5, width).narrow(2, 0, length);
        Tensor hidden = Random(rows, 1, 1, length) > 0, mask = zeros(rows, 1, 1, length).masked_fill(hidden, -1e30f);
        foreach (var added in new[] { null, mask, mask.narrow(0, 0, 1) })
        {
            var expected = F.scaled_dot_product_attention(Wide(q), Shared(k), Shared(v), added is null ? null : Wide(added));
            TensorAssert.Near(expected, OneQuery.Attention(q, k, v, added), _tolerance, "the attention");
        }

        Tensor Shared(Tensor x) => Wide(x).repeat_interleave(heads / keyHeads, 1);

        static Tensor Wide(Tensor x) => x.to_type(ScalarType.Float64);
    }

    [Fact]
    public void Attention_OfLargeScores_IsFinite()
    {
        using var scope = NewDisposeScope();
        Tensor q = ones(1, 1, 1, 16) * 1e3, k = ones(1, 1, 40, 16) * 1e3, v = ones(1, 1, 40, 16);
        TensorAssert.Near(ones(1, 1, 1, 16), OneQuery.Attention(q, k, v, null), _tolerance, "the mean of equal values");
    }

    [Fact]
    public void Attention_OfTokensThatDoNotLieTogether_IsRefused()
    {
        using var scope = NewDisposeScope();
        Tensor q = ones(1, 2, 1, 4), k = ones(1, 6, 2, 4).transpose(1, 2);
        Assert.Throws<ArgumentException>(() => OneQuery.Attention(q, k, k, null));
    }

    public void Dispose() => _generator.Dispose();

    private Tensor Random(params long[] shape) => randn(shape, generator: _generator);
}
