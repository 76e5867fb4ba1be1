using Ptune.Learning.Models.Language;
using static TorchSharp.torch;

namespace Ptune.Learning.Models;

/// <summary>
/// A network from tokens to the distribution of the next one. Its two halves stand apart: <see cref="Hidden(Tensor, SequenceLayout, KeyValueCache?)"/>
/// gives d numbers a token, <see cref="Head"/> the vocabulary's V, and what needs the logits of few tokens only pays for those.
/// </summary>
internal abstract class CausalLanguageModel : Network
{
    /// <summary>Rows of the head: the size of the output space, padding rows included.</summary>
    public abstract long Vocabulary { get; }

    /// <summary>d, the width of the hidden state.</summary>
    public abstract long Width { get; }

    /// <summary>So many tokens the model was made for.</summary>
    public abstract long Context { get; }

    /// <summary>Beyond this length of the longest row, a row's result depends on its neighbours, so that rows are to be computed one at a time; null: never.</summary>
    public abstract long? RowsIndependentUpTo { get; }

    /// <summary>The last layer, [V, d]; tied ones share their tensor with <see cref="Embedding"/>.</summary>
    public abstract Linear Head { get; }

    /// <summary>The first layer.</summary>
    public abstract Embedding Embedding { get; }

    /// <summary>A cache for rows of at most <paramref name="capacity"/> tokens.</summary>
    public abstract KeyValueCache NewCache(long batch, long capacity);

    /// <summary>Embedded tokens (or a soft prompt) [B, T, d] -> [B, T, d] after the last norm.</summary>
    /// <param name="embedded">Token embeddings without positions.</param>
    /// <param name="layout">Where they stand and what they see.</param>
    /// <param name="cache">What came before them, which they are added to; null: nothing did.</param>
    public abstract Tensor HiddenOf(Tensor embedded, SequenceLayout layout, KeyValueCache? cache = null);

    /// <summary>Tokens [B, T] i64 -> [B, T, d] after the last norm.</summary>
    public Tensor Hidden(Tensor tokens, SequenceLayout layout, KeyValueCache? cache = null) => HiddenOf(Embedding.Apply(tokens), layout, cache);

    /// <summary>Tokens [B, T] i64 -> logits [B, T, V]: for tests and short texts, since it keeps a V-wide tensor.</summary>
    public Tensor Logits(Tensor tokens, SequenceLayout layout) => Head.Apply(Hidden(tokens, layout));
}
