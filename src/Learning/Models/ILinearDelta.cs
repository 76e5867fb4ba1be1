using static TorchSharp.torch;

namespace Ptune.Learning.Models;

/// <summary>What was learnt beside a frozen <see cref="Linear"/>: a low-rank difference, a bottleneck behind it, or the like.</summary>
internal interface ILinearDelta
{
    /// <summary>The layer's output with the delta.</summary>
    /// <param name="input">[..., inputs]: what the layer read.</param>
    /// <param name="output">[..., outputs]: what the layer alone gives; it may be changed in place only where no gradient is wanted.</param>
    Tensor Apply(Tensor input, Tensor output);
}
