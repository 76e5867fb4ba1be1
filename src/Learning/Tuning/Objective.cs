using Ptune.Learning.Tensors;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Ptune.Learning.Tuning;

/// <summary>
/// What training lowers: the cross-entropy of the labels. Beside a frozen base it is that of
/// log pi(y|x) = log_softmax(f(x))_y + r(x)_y / lambda - log Z(x) (Portable Reward Tuning, arXiv 2502.12776); the base is frozen and
/// the examples look the same in every epoch, so its log-probabilities are computed once.
/// </summary>
/// <param name="BaseLogProbs">[n, labels]: log_softmax(f(x)) of every example, or null to train a model by itself.</param>
/// <param name="Lambda">The reward's temperature.</param>
internal sealed record Objective(Tensor? BaseLogProbs, double Lambda)
{
    /// <summary>Plain training: the outputs are logits.</summary>
    public static Objective CrossEntropy { get; } = new(null, 1);

    /// <param name="outputs">[b, labels]: logits, or rewards beside a base.</param>
    /// <param name="rows">[b]: the examples' rows.</param>
    /// <param name="labels">[b].</param>
    public Tensor Loss(Tensor outputs, Tensor rows, Tensor labels)
    {
        if (BaseLogProbs is null) return F.cross_entropy(outputs, labels);
        // Cross-entropy normalizes: -log Z needs no term of its own.
        var scaled = Lambda == 1 ? outputs : outputs.Over(Lambda);
        return F.cross_entropy(scaled.Plus(BaseLogProbs.index_select(0, rows)), labels);
    }
}
