using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Ptune.Learning.Models;

/// <summary>Layer normalization over the last dimension (arXiv 1607.06450).</summary>
internal sealed class LayerNorm(Tensor weight, Tensor? bias, double epsilon) : Normalization(weight, bias)
{
    public override Tensor Apply(Tensor x) => F.layer_norm(x, [Weight.shape[0]], Weight, Bias, epsilon);
}
