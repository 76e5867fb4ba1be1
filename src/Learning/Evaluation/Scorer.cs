using Ptune.Learning.Data;
using Ptune.Learning.Models;
using Ptune.Learning.Transfer;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Ptune.Learning.Evaluation;

/// <summary>One pass of a frozen network over examples.</summary>
internal static class Scorer
{
    /// <summary>Part of the recipe: another size may round otherwise.</summary>
    public const int BatchSize = 256;

    /// <summary>[n, labels] f32: log_softmax(f(x)) of a model, r(x) of a reward.</summary>
    /// <param name="network">What is scored.</param>
    /// <param name="role">What its outputs are.</param>
    /// <param name="examples">What it is scored on.</param>
    /// <param name="afterBatch">Told how many examples are done.</param>
    /// <param name="stop">Ends the pass.</param>
    /// <exception cref="OperationCanceledException">It was asked to stop.</exception>
    public static Tensor Score(IImageNetwork network, NetworkRole role, ExampleTensors examples, Action<int>? afterBatch = null, CancellationToken stop = default)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var scores = empty(examples.Count, network.Labels, ScalarType.Float32, network.Network.Parameters.Device);
        for (int start = 0; start < examples.Count; start += BatchSize)
        {
            stop.ThrowIfCancellationRequested();
            using var batch = NewDisposeScope();
            int count = Math.Min(BatchSize, examples.Count - start);
            var outputs = network.Forward(examples.Images(start, count));
            scores.narrow(0, start, count).copy_(role == NetworkRole.Model ? F.log_softmax(outputs, 1) : outputs);
            afterBatch?.Invoke(start + count);
        }

        return scores.MoveToOuterDisposeScope();
    }

    /// <summary>The same numbers on the host.</summary>
    public static ScoreTable ToTable(Tensor scores)
    {
        using var onCpu = scores.cpu();
        return new ScoreTable((int)scores.shape[0], (int)scores.shape[1], onCpu.data<float>().ToArray());
    }
}
