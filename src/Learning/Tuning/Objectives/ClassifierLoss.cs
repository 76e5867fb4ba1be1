using Ptune.Learning.Data.Text.Tokens;
using Ptune.Learning.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tuning.Objectives;

/// <summary>The cross-entropy of a text classifier, computed in f32 from its logits.</summary>
/// <param name="network">With what hangs on it.</param>
/// <param name="pad">The id of padding.</param>
internal sealed class ClassifierLoss(TextClassifier network, int pad)
{
    /// <summary>The sum over some texts, a scalar f32.</summary>
    /// <param name="texts">The tokens of each.</param>
    /// <param name="labels">The index of each one's label.</param>
    /// <param name="smoothing">Label smoothing (arXiv 1512.00567).</param>
    public Tensor Sum(IReadOnlyList<int[]> texts, IReadOnlyList<int> labels, double smoothing = 0)
    {
        var device = network.Parameters.Device;
        var targets = tensor(labels.Select(label => (long)label).ToArray(), device: device);
        var logits = LabelTrainer.Logits(network, texts, pad, device).to_type(ScalarType.Float32);
        return nn.functional.cross_entropy(logits, targets, reduction: nn.Reduction.Sum, label_smoothing: smoothing);
    }

    /// <summary>The mean over all texts, in batches; no gradients are kept.</summary>
    public double Mean(LabelledTokens texts, int batch)
    {
        double sum = 0;
        using var _ = no_grad();
        foreach (int[] some in Enumerable.Range(0, texts.Ids.Count).Chunk(batch))
        {
            using var scope = NewDisposeScope();
            sum += Sum([.. some.Select(text => texts.Ids[text])], [.. some.Select(text => texts.Labels[text])]).item<float>();
        }

        return sum / texts.Ids.Count;
    }
}
