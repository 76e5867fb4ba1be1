using Ptune.Learning.Adaptation;
using Ptune.Learning.Models;
using Ptune.Learning.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tuning.Objectives;

/// <summary>
/// A part of the logits that is one product: input x weight^T + bias. The logits of a head with a low-rank delta, of a base beside a
/// reward, of several rewards are sums of such parts, so that none of them needs a tensor as wide as the vocabulary of its own.
/// </summary>
/// <param name="Input">[rows, width].</param>
/// <param name="Weight">[vocabulary, width]. A part that has fewer rows than the first part counts for the first tokens only.</param>
/// <param name="Bias">[vocabulary], or null.</param>
/// <param name="Columns">[vocabulary] of 1 and 0: the tokens that the part counts for; null: all.</param>
internal readonly record struct HeadTerm(Tensor Input, Tensor Weight, Tensor? Bias, Tensor? Columns = null)
{
    /// <summary>The same part, so many times.</summary>
    public HeadTerm Times(double factor) => factor == 1 ? this : this with { Input = Input.Times(factor), Bias = Bias?.Times(factor) };

    /// <summary>[count, vocabulary] f32: this part of the logits of some rows.</summary>
    public Tensor Logits(long begin, long count)
    {
        var part = Input.narrow(0, begin, count).matmul(Weight.t()).to_type(ScalarType.Float32);
        if (Bias is not null) part.AddInPlace(Bias);
        return Columns is null ? part : part.mul_(Columns);
    }

    /// <summary>Adds this part of the logits of some rows to <paramref name="logits"/>, [count, V] f32 without gradients.</summary>
    public void AddTo(Tensor logits, long begin, long count)
    {
        var own = logits.narrow(1, 0, Weight.shape[0]);
        if (Columns is not null || Weight.dtype != ScalarType.Float32 || is_grad_enabled())
        {
            own.AddInPlace(Logits(begin, count));
            return;
        }

        own.addmm_(Input.narrow(0, begin, count), Weight.t(), 1, 1);
        if (Bias is not null) own.AddInPlace(Bias);
    }

    /// <summary>The parts of a head's logits for some hidden states.</summary>
    /// <param name="head">With or without a <see cref="LoraDelta"/>.</param>
    /// <param name="hidden">[rows, d].</param>
    /// <exception cref="NotSupportedException">The head carries a delta that is no product.</exception>
    public static IEnumerable<HeadTerm> Of(Linear head, Tensor hidden)
    {
        yield return new HeadTerm(hidden, head.IsTransposed ? head.Weight.t() : head.Weight, head.Bias);
        if (head.Delta is LoraDelta lora) yield return new HeadTerm(lora.Narrow(hidden), lora.B, null);
        else if (head.Delta is not null) throw new NotSupportedException($"The head {head.Name} carries a {head.Delta.GetType().Name}.");
    }
}
