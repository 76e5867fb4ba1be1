using Ptune.Learning.Models;
using Ptune.Learning.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Adaptation;

/// <summary>
/// A low-rank difference beside a frozen layer: y + scale x dropout(x) A^T B^T (LoRA, arXiv 2106.09685; the scale is alpha / r, or alpha / sqrt(r)
/// in rsLoRA, arXiv 2312.03732). It is computed in its own type, f32, whatever the layer's is.
/// </summary>
/// <param name="a">[r, inputs].</param>
/// <param name="b">[outputs, r].</param>
/// <param name="scale">What the product counts.</param>
internal sealed class LoraDelta(Tensor a, Tensor b, double scale) : ILinearDelta
{
    /// <summary>[r, inputs].</summary>
    public Tensor A { get; } = a;

    /// <summary>[outputs, r].</summary>
    public Tensor B { get; } = b;

    public double Scale { get; } = scale;

    /// <summary>The share of the inputs that training leaves out.</summary>
    public double Dropout { get; init; }

    /// <summary>The network that says whether it is being trained; null: it never is.</summary>
    public Network? Network { get; init; }

    public Tensor Apply(Tensor input, Tensor output)
    {
        if (output.dtype != B.dtype) return output.AddInPlace(Narrow(input).matmul(B.t()).to_type(output.dtype));
        // Rows of B^T: with columns autograd chooses products in the backward pass that take MKL four times as long.
        return output.addmm_(Project(input), B.t().contiguous(), 1, (float)Scale);
    }

    /// <summary>[..., inputs] -> [..., r]: the part before B, scaled.</summary>
    public Tensor Narrow(Tensor input) => Project(input).Times(Scale);

    private Tensor Project(Tensor input)
    {
        var x = input.to_type(A.dtype);
        if (Dropout > 0 && Network?.Training is not null) x = nn.functional.dropout(x, Dropout, training: true);
        return x.matmul(A.t());
    }

    /// <summary>[outputs, inputs] f32: what merging adds to the layer's weight.</summary>
    public Tensor Difference() => B.to_type(ScalarType.Float32).matmul(A.to_type(ScalarType.Float32)).Times(Scale);
}
