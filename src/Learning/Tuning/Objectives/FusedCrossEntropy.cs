using Ptune.Learning.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tuning.Objectives;

/// <summary>
/// Cross-entropy of softmax(sum of the terms), and its gradients, chunk by chunk: of a tensor as wide as the vocabulary there is one chunk at
/// a time, and none is kept for the backward pass. For a row with target y, l its logits and p = softmax(l), the gradient by l is
/// p - (1 - e) onehot(y) - e / V, where e is the label smoothing: (1 - e) nll + e x mean over the vocabulary.
/// </summary>
internal static class FusedCrossEntropy
{
    /// <summary>[rows]: each row's loss, without gradients.</summary>
    public static Tensor Losses(IReadOnlyList<HeadTerm> terms, Tensor targets, double smoothing = 0)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var losses = new List<Tensor>();
        foreach (var (begin, count) in HeadChunks.Of(terms, targets.shape[0]))
        {
            using var inner = NewDisposeScope();
            var logits = HeadChunks.Logits(terms, begin, count);
            var wanted = targets.narrow(0, begin, count);
            var chunk = smoothing == 0 && VocabularyRows.Are(logits)
                ? (VocabularyRows.LogSumExp(logits) - logits.gather(1, wanted.unsqueeze(-1))).squeeze(-1)
                : Exponentiate(logits, wanted, smoothing).Losses;
            losses.Add(chunk.MoveToOuterDisposeScope());
        }

        return (losses.Count == 0 ? zeros(0, ScalarType.Float32, targets.device) : cat(losses, 0)).MoveToOuterDisposeScope();
    }

    /// <summary>Adds the gradients of the weighted sum of the rows' losses to all that led to the terms.</summary>
    /// <param name="terms">Their inputs and weights may or may not need gradients.</param>
    /// <param name="targets">[rows] i64.</param>
    /// <param name="weights">[rows] f32: what each row's loss counts.</param>
    /// <param name="smoothing">Label smoothing e, from 0 to below 1.</param>
    /// <returns>The weighted sum.</returns>
    public static double Backward(IReadOnlyList<HeadTerm> terms, Tensor targets, Tensor weights, double smoothing = 0)
    {
        using var scope = NewDisposeScope();
        var gradients = terms.Select(Gradients.Of).ToList();
        double sum = 0;
        using (no_grad())
        {
            foreach (var (begin, count) in HeadChunks.Of(terms, targets.shape[0]))
            {
                using var inner = NewDisposeScope();
                sum += Chunk(terms, gradients, targets.narrow(0, begin, count), weights.narrow(0, begin, count), begin, smoothing);
            }
        }

        List<Tensor> roots = [], given = [];
        foreach (var (term, gradient) in terms.Zip(gradients)) gradient.Add(term, roots, given);
        if (roots.Count > 0 && targets.shape[0] > 0) autograd.backward(roots, given);
        return sum;
    }

    private static double Chunk(IReadOnlyList<HeadTerm> terms, IReadOnlyList<Gradients> gradients, Tensor targets, Tensor weights, long begin, double smoothing)
    {
        long count = targets.shape[0];
        var logits = HeadChunks.Logits(terms, begin, count);                                    // [count, V]
        var (losses, total) = Exponentiate(logits, targets, smoothing);
        double sum = (losses * weights).sum(ScalarType.Float64).item<double>();
        // What remains is made into the gradient by the logits.
        var share = weights.unsqueeze(-1);                                           // [count, 1]
        logits.mul_(share / total);
        if (smoothing > 0) logits.sub_(share.Times(smoothing / logits.shape[1]));
        logits.scatter_add_(1, targets.unsqueeze(-1), share.Times(smoothing - 1));
        foreach (var (term, gradient) in terms.Zip(gradients)) gradient.Take(term, logits, begin);
        return sum;
    }

    /// <summary>
    /// Each row's loss [rows]; the logits are replaced by exp(l - max), and their sum [rows, 1] is given beside it. In place and with one exponential: what is as wide as the
    /// vocabulary takes longest, after the products.
    /// </summary>
    private static (Tensor Losses, Tensor Total) Exponentiate(Tensor logits, Tensor targets, double smoothing)
    {
        var target = logits.gather(1, targets.unsqueeze(-1));                        // [rows, 1]
        if (smoothing > 0) target = target.Times(1 - smoothing).Plus(logits.mean([-1L], keepdim: true).Times(smoothing));
        var largest = logits.amax([-1L], keepdim: true);
        var total = logits.sub_(largest).exp_().sum([-1L], keepdim: true);
        return ((total.log().Plus(largest) - target).squeeze(-1), total);
    }

    /// <summary>What is known so far of the gradients of a term, those of weights in f32, since many chunks add up; null where none is needed.</summary>
    private sealed record Gradients(Tensor? Input, Tensor? Weight, Tensor? Bias)
    {
        public static Gradients Of(HeadTerm term) => new(
            term.Input.requires_grad ? empty_like(term.Input, requires_grad: false) : null,
            term.Weight.requires_grad ? zeros_like(term.Weight, ScalarType.Float32, requires_grad: false) : null,
            term.Bias is { requires_grad: true } bias ? zeros_like(bias, ScalarType.Float32, requires_grad: false) : null);

        public void Take(HeadTerm term, Tensor byLogits, long begin)
        {
            long count = byLogits.shape[0];
            byLogits = byLogits.narrow(1, 0, term.Weight.shape[0]);
            if (term.Columns is not null) byLogits = byLogits * term.Columns;
            var typed = byLogits.to_type(term.Weight.dtype);
            Input?.narrow(0, begin, count).copy_(typed.matmul(term.Weight));
            Weight?.AddInPlace(typed.t().matmul(term.Input.narrow(0, begin, count)));
            Bias?.AddInPlace(byLogits.sum([0L]));
        }

        public void Add(HeadTerm term, List<Tensor> roots, List<Tensor> given)
        {
            foreach (var (root, gradient) in new[] { (term.Input, Input), (term.Weight, Weight), (term.Bias, Bias) })
            {
                if (gradient is null || root is null) continue;
                roots.Add(root);
                given.Add(gradient.to_type(root.dtype));
            }
        }
    }
}
