using Ptune.Learning.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tuning.Objectives;

/// <summary>
/// Portable Reward Tuning over answers (arXiv 2502.12776): the cross-entropy of softmax(log p(y|x) + r(x, y) / lambda), where p is the frozen source. Its
/// scores do not change, so they are computed once; constants of an example cancel, so they need not be normalized.
/// </summary>
internal sealed class AnswerObjective : IDisposable
{
    private readonly Tensor _source;
    private readonly Tensor _exists;
    private readonly int[] _right;
    private readonly double _lambda;

    /// <param name="source">The source's scores of each example's answers.</param>
    /// <param name="right">The index of each example's right answer.</param>
    /// <param name="lambda">The reward's temperature.</param>
    public AnswerObjective(IReadOnlyList<double[]> source, IReadOnlyList<int> right, double lambda, Device device)
    {
        (_right, _lambda) = ([.. right], lambda);
        int answers = source.Max(scores => scores.Length);
        float[] padded = [.. source.SelectMany(scores => scores.Select(score => (float)(score - scores.Max())).Concat(Enumerable.Repeat(0f, answers - scores.Length)))];
        bool[] exists = [.. source.SelectMany(scores => Enumerable.Range(0, answers).Select(answer => answer < scores.Length))];
        _source = tensor(padded, [source.Count, answers], device: device).DetachFromDisposeScope();
        _exists = tensor(exists, [source.Count, answers], device: device).DetachFromDisposeScope();
    }

    /// <summary>The sum of some examples' losses, a scalar.</summary>
    /// <param name="scores">The reward's, [examples, answers] f32.</param>
    /// <param name="examples">Which.</param>
    /// <param name="smoothing">Label smoothing over the answers that an example has.</param>
    public Tensor Sum(Tensor scores, IReadOnlyList<int> examples, double smoothing = 0)
    {
        var rows = tensor(examples.Select(example => (long)example).ToArray(), device: scores.device);
        var right = tensor(examples.Select(example => (long)_right[example]).ToArray(), device: scores.device).unsqueeze(-1);
        var exists = _exists.index_select(0, rows);
        var logits = (_lambda == 1 ? scores : scores.Over(_lambda)).Plus(_source.index_select(0, rows)).MaskedFill(exists.logical_not(), IAnswerNetwork.Never);
        var logProbs = logits.log_softmax(-1);
        var loss = -logProbs.gather(1, right).sum();
        if (smoothing == 0) return loss;
        var means = logProbs.MaskedFill(exists.logical_not(), 0).sum(-1) / exists.sum(-1);
        return loss.Times(1 - smoothing) - means.sum().Times(smoothing);
    }

    /// <summary>The mean over all examples, without gradients.</summary>
    public double Mean(IAnswerNetwork network, int batch)
    {
        double sum = 0;
        using var _ = no_grad();
        foreach (int[] some in Enumerable.Range(0, network.Count).Chunk(batch))
        {
            using var scope = NewDisposeScope();
            sum += Sum(network.Scores(some), some).item<float>();
        }

        return sum / network.Count;
    }

    public void Dispose()
    {
        _source.Dispose();
        _exists.Dispose();
    }
}
