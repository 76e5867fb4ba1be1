using Ptune.Learning.Tuning;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Ptune.Learning.Tests.Tuning;

public sealed class ObjectiveTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2.5)]
    public void Loss_BesideABase_EqualsTheNaiveFormulaAndItsGradient(double lambda)
    {
        using var scope = NewDisposeScope();
        var logits = randn(20, 5, ScalarType.Float64);
        var rewards = randn(4, 5, ScalarType.Float64, requires_grad: true);
        var rows = tensor(new long[] { 3, 17, 0, 3 });
        var labels = tensor(new long[] { 0, 4, 2, 2 });

        var loss = new Objective(F.log_softmax(logits, 1), lambda).Loss(rewards, rows, labels);
        loss.backward();

        // The definition: p(y) = p_f(y) e^(r_y / lambda) / Z, with no logarithm before the end.
        var again = rewards.detach().clone().requires_grad_(true);
        var weighted = F.softmax(logits.index_select(0, rows), 1) * (again / lambda).exp();
        var chosen = (weighted / weighted.sum(1, keepdim: true)).gather(1, labels.unsqueeze(1));
        var naive = -chosen.log().mean();
        naive.backward();

        Assert.Equal(naive.item<double>(), loss.item<double>(), 12);
        Assert.True(again.grad!.allclose(rewards.grad!, rtol: 1e-10, atol: 1e-12));
    }

    [Fact]
    public void Loss_ZeroReward_IsTheBasesCrossEntropy()
    {
        using var scope = NewDisposeScope();
        var logits = randn(6, 3);
        var labels = tensor(new long[] { 0, 1, 2, 0, 1, 2 });
        var loss = new Objective(F.log_softmax(logits, 1), 1).Loss(zeros(6, 3), arange(6), labels);
        Assert.Equal(F.cross_entropy(logits, labels).item<float>(), loss.item<float>(), 1e-6f);
    }
}
