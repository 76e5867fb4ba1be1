using Ptune.Learning.Models;
using Ptune.Learning.Tensors;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Ptune.Learning.Adaptation;

/// <summary>
/// Houlsby's adapter (arXiv 1902.00751): a bottleneck on a layer's output before the residual sum, y + up(gelu(down(y))), with the exact GELU.
/// </summary>
/// <param name="down">Weight [size, outputs] and bias [size].</param>
/// <param name="up">Weight [outputs, size] and bias [outputs].</param>
internal sealed class BottleneckDelta((Tensor Weight, Tensor Bias) down, (Tensor Weight, Tensor Bias) up) : ILinearDelta
{
    public Tensor Apply(Tensor input, Tensor output)
    {
        var y = output.to_type(down.Weight.dtype);
        return output.Plus(F.linear(F.gelu(F.linear(y, down.Weight, down.Bias)), up.Weight, up.Bias).to_type(output.dtype));
    }
}
