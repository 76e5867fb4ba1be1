using Ptune.Learning.Models;
using Ptune.Learning.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Adaptation;

/// <summary>A low-rank difference of a table of rows: for an id i, row + scale x B A[:, i].</summary>
/// <param name="a">[r, rows].</param>
/// <param name="b">[width, r].</param>
/// <param name="scale">What the product counts.</param>
internal sealed class LoraRowsDelta(Tensor a, Tensor b, double scale) : ILinearDelta
{
    public Tensor Apply(Tensor input, Tensor output)
    {
        var narrow = a.t().index_select(0, input.reshape(-1)).view([.. input.shape, a.shape[0]]);   // [..., r]
        return output.Plus(narrow.matmul(b.t()).Times(scale).to_type(output.dtype));
    }

    /// <summary>[rows, width] f32: what merging adds to the table.</summary>
    public Tensor Difference() => a.to_type(ScalarType.Float32).t().matmul(b.to_type(ScalarType.Float32).t()).Times(scale);
}
