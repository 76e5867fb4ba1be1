using static TorchSharp.torch;

namespace Ptune.Learning.Models;

/// <summary>A normalization over the last dimension, with a learnt scale and, where it has one, a learnt shift.</summary>
/// <param name="weight">[width].</param>
/// <param name="bias">[width], or null.</param>
internal abstract class Normalization(Tensor weight, Tensor? bias)
{
    /// <summary>Another tensor of the same shape may stand in for it (a saved module of an adapter); whoever sets it owns it.</summary>
    public Tensor Weight { get; set; } = weight;

    /// <inheritdoc cref="Weight"/>
    public Tensor? Bias { get; set; } = bias;

    public bool IsTrained => Weight.requires_grad || Bias?.requires_grad == true;

    /// <summary>[..., width] -> [..., width].</summary>
    public abstract Tensor Apply(Tensor x);
}
