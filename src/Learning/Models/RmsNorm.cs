using Ptune.Learning.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Models;

/// <summary>
/// Root mean square normalization over the last dimension (arXiv 1910.07467): x / sqrt(mean(x^2) + epsilon) * weight. The mean is taken
/// in f32 whatever the type of <c>x</c> is, and the quotient is rounded before the weight, as Llama's own code does it.
/// </summary>
internal sealed class RmsNorm(Tensor weight, double epsilon) : Normalization(weight, null)
{
    public override Tensor Apply(Tensor x)
    {
        if (FewRows.Are(x) && Weight.dtype == x.dtype && x.is_contiguous()) return RowPasses.RootMeanSquareNorm(x, Weight, epsilon);
        var wide = x.to_type(ScalarType.Float32);
        var scale = wide.Squared().mean([-1], keepdim: true).AddInPlace(epsilon).rsqrt_(); // [..., 1]
        return Weight * (wide * scale).to_type(x.dtype);
    }
}
