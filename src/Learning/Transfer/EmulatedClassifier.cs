using Ptune.Learning.Models;
using Ptune.Learning.Tensors;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Ptune.Learning.Transfer;

/// <summary>
/// Emulated fine-tuning at inference: log softmax(s_target + s_tuned - s_source), three networks for each image (arXiv 2401.08565).
/// It owns none of them.
/// </summary>
internal sealed class EmulatedClassifier(IImageNetwork target, IImageNetwork tunedSource, IImageNetwork source)
{
    /// <summary>[batch, 1, h, w] -> log-probabilities [batch, labels].</summary>
    public Tensor Forward(Tensor images)
    {
        var scores = F.log_softmax(target.Forward(images), 1);
        scores.AddInPlace(F.log_softmax(tunedSource.Forward(images), 1));
        scores.sub_(F.log_softmax(source.Forward(images), 1));
        return F.log_softmax(scores, 1);
    }
}
