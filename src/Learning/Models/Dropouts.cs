using static TorchSharp.torch;

namespace Ptune.Learning.Models;

/// <summary>The shares of values that training leaves out at random (arXiv 1207.0580), each from 0 to below 1. A network in use leaves out nothing.</summary>
/// <param name="Embedding">Of the stream before the first block.</param>
/// <param name="Residual">Of what attention and feed-forward part add to the stream.</param>
/// <param name="Attention">Of the attention's probabilities.</param>
internal sealed record Dropouts(double Embedding = 0, double Residual = 0, double Attention = 0)
{
    public static Dropouts None { get; } = new();

    /// <summary>Leaves out a share of the values and scales the others up, so that their mean stays.</summary>
    public static Tensor Apply(Tensor x, double share) => share > 0 ? nn.functional.dropout(x, share, training: true) : x;

    /// <exception cref="LearningException">A share is none.</exception>
    public Dropouts Check() => Shares.FirstOrDefault(pair => !(pair.Share is >= 0 and < 1)) is { Name: { } name } wrong
        ? throw new LearningException($"The {name} dropout is {wrong.Share}; it must be from 0 to below 1.")
        : this;

    private (string? Name, double Share)[] Shares => [("embedding", Embedding), ("residual", Residual), ("attention", Attention)];
}
