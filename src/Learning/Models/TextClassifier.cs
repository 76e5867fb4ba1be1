using static TorchSharp.torch;

namespace Ptune.Learning.Models;

/// <summary>A network from a text to one logit for each label.</summary>
internal abstract class TextClassifier : Network
{
    /// <summary>In the order of the outputs.</summary>
    public abstract IReadOnlyList<string> Labels { get; }

    /// <summary>So many tokens a text may have.</summary>
    public abstract long Context { get; }

    /// <summary>The last layer, [labels, d].</summary>
    public abstract Linear Head { get; }

    /// <summary>[B, T] -> [B, T, d]: the states of all tokens after the last block.</summary>
    /// <param name="tokens">[B, T] i64.</param>
    /// <param name="mask">[B, T]: 1 where a token is, 0 where the row is padded.</param>
    /// <param name="segments">[B, T] i64: which of two texts a token belongs to; null: the first.</param>
    public abstract Tensor Hidden(Tensor tokens, Tensor mask, Tensor? segments = null);

    /// <summary>[B, T, d] -> [B, d]: what the head reads.</summary>
    public abstract Tensor Summary(Tensor hidden);

    /// <summary>[B, T] -> logits [B, labels].</summary>
    public Tensor Forward(Tensor tokens, Tensor mask, Tensor? segments = null) => Head.Apply(Summary(Hidden(tokens, mask, segments)));
}
