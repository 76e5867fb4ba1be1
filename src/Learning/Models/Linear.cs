using Ptune.Learning.Tensors;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Ptune.Learning.Models;

/// <summary>
/// x W^T + b over the last dimension, which may carry a delta: the layer's own tensors then stay as they are, and what the delta adds
/// is computed beside them.
/// </summary>
/// <param name="name">The layer's name: its weight's without <c>.weight</c>.</param>
/// <param name="weight">[outputs, inputs], or [inputs, outputs] where <paramref name="transposed"/> (GPT-2's Conv1D).</param>
/// <param name="bias">[outputs], or null.</param>
internal sealed class Linear(string name, Tensor weight, Tensor? bias, bool transposed = false)
{
    public string Name { get; } = name;

    /// <summary>Another tensor of the same shape may stand in for it (a saved module of an adapter); whoever sets it owns it.</summary>
    public Tensor Weight { get; set; } = weight;

    /// <inheritdoc cref="Weight"/>
    public Tensor? Bias { get; set; } = bias;

    /// <summary>Whether <see cref="Weight"/> is [inputs, outputs].</summary>
    public bool IsTransposed { get; } = transposed;

    public long Inputs => Weight.shape[IsTransposed ? 0 : 1];

    public long Outputs => Weight.shape[IsTransposed ? 1 : 0];

    /// <summary>What is added to the layer; null: nothing.</summary>
    public ILinearDelta? Delta { get; set; }

    /// <summary>Whether the layer or its delta is trained.</summary>
    public bool IsTrained => Delta is not null || Weight.requires_grad || Bias?.requires_grad == true;

    /// <summary>[..., inputs] -> [..., outputs].</summary>
    public Tensor Apply(Tensor x)
    {
        var weight = IsTransposed ? Weight.t() : Weight;
        if (Delta is null) return Product(x, weight);
        var rows = x.reshape(-1, Inputs);
        return Delta.Apply(rows, Product(rows, weight)).view([.. x.shape[..^1], Outputs]);
    }

    private Tensor Product(Tensor x, Tensor weight) => !IsTransposed && FewRows.Are(x) && weight.dtype == ScalarType.Float32 && weight.is_contiguous()
        ? FewRows.Product(x, weight, Bias)
        : F.linear(x, weight, Bias);
}
