using Ptune.Learning.Tensors;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Ptune.Learning.Models;

/// <summary>
/// A transformer block whose tokens see each other: post-norm x = norm(x + branch(x)) as in BERT, or pre-norm x += branch(norm(x)) as in ViT and CLIP.
/// </summary>
/// <param name="AttentionNorm">Of the attention's branch.</param>
/// <param name="MlpNorm">Of the feed-forward branch.</param>
internal sealed record EncoderBlock(
    Linear Query, Linear Key, Linear Value, Linear Output, LayerNorm AttentionNorm, Linear Up, Linear Down, LayerNorm MlpNorm, long Heads, Activation Activation, bool NormFirst)
{
    /// <summary>Whether something in it is trained.</summary>
    public bool IsTrained => new[] { Query, Key, Value, Output, Up, Down }.Any(layer => layer.IsTrained) || AttentionNorm.IsTrained || MlpNorm.IsTrained;

    /// <summary>[B, T, d] -> [B, T, d].</summary>
    /// <param name="mask">Added to the scores, [B, 1, T or 1, T]; null: none.</param>
    /// <param name="causal">Whether a token sees those before it only, where there is no mask.</param>
    /// <param name="pass">What is done in training only; null: the network is in use.</param>
    public Tensor Apply(Tensor x, Tensor? mask, bool causal = false, TrainingPass? pass = null) =>
        pass?.Recomputation?.Run(y => Compute(y, mask, causal, pass.Dropout), x, IsTrained) ?? Compute(x, mask, causal, pass?.Dropout ?? Dropouts.None);

    private Tensor Compute(Tensor x, Tensor? mask, bool causal, Dropouts dropout)
    {
        using var scope = NewDisposeScope();
        if (NormFirst)
        {
            x = x.Plus(Dropouts.Apply(Attend(AttentionNorm.Apply(x), mask, causal, dropout.Attention), dropout.Residual));
            return x.Plus(Dropouts.Apply(FeedForward(MlpNorm.Apply(x)), dropout.Residual)).MoveToOuterDisposeScope();
        }

        x = AttentionNorm.Apply(Dropouts.Apply(Attend(x, mask, causal, dropout.Attention), dropout.Residual).Plus(x));
        return MlpNorm.Apply(Dropouts.Apply(FeedForward(x), dropout.Residual).Plus(x)).MoveToOuterDisposeScope();
    }

    private Tensor Attend(Tensor x, Tensor? mask, bool causal, double dropout)
    {
        long batch = x.shape[0], length = x.shape[1], width = x.shape[2];
        var mixed = F.scaled_dot_product_attention(Split(Query), Split(Key), Split(Value), mask, dropout, causal); // [B, heads, T, head]
        return Output.Apply(mixed.transpose(1, 2).reshape(batch, length, width));

        Tensor Split(Linear projection) => projection.Apply(x).view(batch, length, Heads, width / Heads).transpose(1, 2);
    }

    private Tensor FeedForward(Tensor x) => Down.Apply(Activation.Apply(Up.Apply(x)));
}
