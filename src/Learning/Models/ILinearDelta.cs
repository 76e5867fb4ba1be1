using static TorchSharp.torch;

namespace Ptune.Learning.Models;

/// <summary>What was learnt beside a frozen <see cref="Linear"/>: a low-rank difference, a bottleneck behind it, or the like.</summary>
internal interface ILinearDelta
{
    /// <summary>The layer's output with the delta.</summary>
    /// <param name="input">[rows, inputs]: what the layer read; of a table the ids, of any shape.</param>
    /// <param name="output">[rows, outputs]: what the layer alone gives. It may be changed in place: nobody else has it, and no gradient needs it. Of a table it may not.</param>
    Tensor Apply(Tensor input, Tensor output);
}
