using Ptune.Learning.Adaptation;
using Ptune.Learning.Models;
using static TorchSharp.torch;

namespace Ptune.Learning.Tuning.Objectives;

/// <summary>
/// A part of the logits that is one product: input x weight^T + bias. The logits of a head with a low-rank delta, of a base beside a
/// reward, of several rewards are sums of such parts, so that none of them needs a tensor as wide as the vocabulary of its own.
/// </summary>
/// <param name="Input">[rows, width].</param>
/// <param name="Weight">[vocabulary, width].</param>
/// <param name="Bias">[vocabulary], or null.</param>
internal readonly record struct HeadTerm(Tensor Input, Tensor Weight, Tensor? Bias)
{
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
