using static TorchSharp.torch;

namespace Ptune.Learning.Tests;

internal static class TensorAssert
{
    /// <summary>Whether both hold the same bytes in the same shape.</summary>
    public static bool Same(Tensor first, Tensor second)
    {
        using Tensor a = first.detach().contiguous(), b = second.detach().contiguous();
        return a.shape.SequenceEqual(b.shape) && a.dtype == b.dtype && a.bytes.SequenceEqual(b.bytes);
    }
}
