using Ptune.Learning.Models;
using Ptune.Learning.Tensors;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Ptune.Learning.Transfer;

/// <summary>
/// A target with the rewards that were carried to it, at inference: log softmax(log_softmax(f(x)) + sum of r_k(x) / lambda_k)
/// (arXiv 2502.12776). It owns none of the networks.
/// </summary>
internal sealed class PortedClassifier(IImageNetwork target, params IReadOnlyList<(IImageNetwork Reward, double Lambda)> rewards)
{
    /// <summary>[batch, 1, h, w] -> log-probabilities [batch, labels].</summary>
    public Tensor Forward(Tensor images)
    {
        var scores = F.log_softmax(target.Forward(images), 1);
        foreach (var (reward, lambda) in rewards) scores.AddInPlace(reward.Forward(images), 1 / lambda);
        return F.log_softmax(scores, 1);
    }
}
