using static TorchSharp.torch;

namespace Ptune.Learning.Models;

/// <summary>
/// Recomputation of activations (arXiv 1604.06174): of each block only the input is kept, and the backward pass computes the block anew, with the same
/// draws, so that memory holds the activations of one block at a time. The price is one more forward pass. Its owner calls <see cref="Backward"/> after the
/// backward pass of what follows the last block.
/// </summary>
/// <remarks>A custom function of autograd would do the same, but an exception cannot leave managed code that libtorch calls: no memory left would end the process.</remarks>
internal sealed class Recomputation(Device device)
{
    private readonly List<Segment> _segments = [];
    private Tensor? _root;

    /// <summary>The output of a block whose activations are not kept; its gradient is what <see cref="Backward"/> begins with.</summary>
    /// <param name="block">Computes the output from its input, the same whenever it is called.</param>
    /// <param name="x">The last block's output, or what comes before the first.</param>
    /// <param name="isTrained">Whether something in the block is trained; where nothing is, and nothing before it, no gradient goes through it.</param>
    public Tensor Run(Func<Tensor, Tensor> block, Tensor x, bool isTrained)
    {
        if (!is_grad_enabled() || (!x.requires_grad && !isTrained)) return block(x);
        if (_segments.Count == 0) _root = x;
        else if (!ReferenceEquals(x, _segments[^1].Output)) throw new InvalidOperationException("Blocks are recomputed one after another: nothing may stand between them.");
        var input = _segments.Count == 0 ? x.detach().requires_grad_(x.requires_grad) : x;
        var mark = GeneratorMark.Take(device);
        using (no_grad())
        {
            var output = block(input).requires_grad_(true);
            _segments.Add(new Segment(block, input, mark, output));
            return output;
        }
    }

    /// <summary>Takes the gradient at the last block's output back through all blocks and what came before them.</summary>
    public void Backward()
    {
        if (_segments.Count == 0) return;
        var after = GeneratorMark.Take(device);
        for (int number = _segments.Count - 1; number >= 0; number--) BackThrough(_segments[number]);
        after.Return();
        if (_root!.requires_grad && _segments[0].Input.grad is { } gradient) autograd.backward([_root], [gradient]);
        _segments.Clear();
    }

    private static void BackThrough(Segment segment)
    {
        using var scope = NewDisposeScope();
        // None where the loss has no trained token.
        if (segment.Output.grad is not { } gradient) return;
        segment.Mark.Return();
        var output = segment.Block(segment.Input);
        segment.Output.Dispose();
        autograd.backward([output], [gradient]);
    }

    private sealed record Segment(Func<Tensor, Tensor> Block, Tensor Input, GeneratorMark Mark, Tensor Output);
}
