using Ptune.Learning.Tuning.Objectives;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Ptune.Learning.Tests.Tuning;

/// <summary>The chunked loss is the plain one: values and gradients.</summary>
public sealed class FusedCrossEntropyTests
{
    // More logits than one chunk holds: several chunks, the last of them not full.
    private const long _rows = 300;
    private const long _vocabulary = 70_000;

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    public void Backward_SeveralTermsAndChunks_IsThePlainWay(double smoothing)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(5);
        Tensor Draw(bool trained, params long[] shape) => (randn(shape, generator: generator) * 0.5).requires_grad_(trained);
        var hidden = Draw(true, _rows, 8);
        var head = Draw(true, _vocabulary, 8);
        var bias = Draw(true, _vocabulary);
        var (a, b) = (Draw(true, 2, 8), Draw(true, _vocabulary, 2));
        var (frozen, frozenHead) = (Draw(false, _rows, 5), Draw(false, _vocabulary, 5));
        var targets = randint(0, _vocabulary, [_rows], ScalarType.Int64, generator: generator);
        var weights = rand([_rows], generator: generator);
        Tensor[] trained = [hidden, head, bias, a, b];

        // In f64, so that a difference is ours and not the plain way's own rounding over 70,000 terms.
        static Tensor Wide(Tensor narrow) => narrow.to_type(ScalarType.Float64);
        var plain = Wide(hidden).matmul(Wide(head).t()) + bias + Wide(hidden).matmul(Wide(a).t()).matmul(Wide(b).t()) + Wide(frozen).matmul(Wide(frozenHead).t());
        var losses = F.cross_entropy(plain, targets, reduction: nn.Reduction.None, label_smoothing: smoothing);
        (losses * weights).sum().backward();
        var expected = trained.Select(tensor => tensor.grad!.clone()).ToList();
        foreach (var tensor in trained) tensor.grad = null;
        HeadTerm[] terms = [new(hidden, head, bias), new(hidden.matmul(a.t()), b, null), new(frozen, frozenHead, null)];
        double sum = FusedCrossEntropy.Backward(terms, targets, weights, smoothing);

        Assert.Equal((losses * weights).sum().item<double>(), sum, 1e-5 * sum);
        TensorAssert.Near(losses, FusedCrossEntropy.Losses(terms, targets, smoothing), 1e-5, "losses");
        foreach (var (theirs, tensor) in expected.Zip(trained)) TensorAssert.Near(theirs, tensor.grad!, 1e-5, $"gradient of {string.Join('x', tensor.shape)}");
    }

    [Fact]
    public void Backward_NoTrainedToken_AddsNothing()
    {
        using var scope = NewDisposeScope();
        var head = zeros(10, 3, requires_grad: true);

        double sum = FusedCrossEntropy.Backward([new HeadTerm(zeros(0, 3, requires_grad: true), head, null)], zeros(0, ScalarType.Int64), zeros(0));

        Assert.Equal(0, sum);
        Assert.True(head.grad is null || !head.grad.any().item<bool>());
    }
}
