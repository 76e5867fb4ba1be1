using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Ptune.Learning.Formats;

/// <summary>A tensor to be written: its elements in row-major order, little-endian.</summary>
internal sealed record TensorBytes(string Name, TensorType Type, long[] Shape, byte[] Bytes)
{
    public static TensorBytes Of(string name, Tensor tensor)
    {
        using var onCpu = tensor.detach().cpu().contiguous();
        var type = tensor.dtype switch
        {
            ScalarType.Float32 => TensorType.F32,
            ScalarType.Float64 => TensorType.F64,
            ScalarType.Int64 => TensorType.I64,
            ScalarType.Byte => TensorType.U8,
            _ => throw new ArgumentException($"No writer for {tensor.dtype}.", nameof(tensor)),
        };
        return new TensorBytes(name, type, tensor.shape, onCpu.bytes.ToArray());
    }

    public static TensorBytes Of(string name, ReadOnlySpan<float> elements, params long[] shape) =>
        new(name, TensorType.F32, shape, MemoryMarshal.AsBytes(elements).ToArray());
}
