using System.Runtime.Intrinsics;
using Ptune.Learning.Formats;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tensors;

/// <summary>
/// Products of few rows with a large f32 matrix on the CPU, without gradients: what a new token costs. The matrix is read once, so the memory's speed decides. libtorch gives a
/// single row to MKL, which on processors that are not Intel's runs its oldest code at half of that speed. Every sum is taken in one fixed order: it depends neither on
/// the number of threads nor on the other rows.
/// </summary>
internal static unsafe class FewRows
{
    // From here on MKL's product of matrices is faster.
    private const long _most = 8;

    private const long _partBytes = 1L << 17;

    /// <summary>Whether these rows are few, and on the CPU in f32 with nothing to remember for gradients.</summary>
    /// <param name="x">[..., width].</param>
    public static bool Are(Tensor x) =>
        x.dtype == ScalarType.Float32 && x.device_type == DeviceType.CPU && !is_grad_enabled() && x.numel() is var count && count > 0 && count <= _most * x.size(-1);

    /// <summary>x W^T + b: [..., inputs] -> [..., outputs].</summary>
    /// <param name="x">Few rows.</param>
    /// <param name="weight">[outputs, inputs], contiguous f32.</param>
    /// <param name="bias">[outputs], or null.</param>
    public static Tensor Product(Tensor x, Tensor weight, Tensor? bias)
    {
        long[] shape = x.shape;
        long inputs = shape[^1], outputs = weight.size(0);
        using var whole = x.is_contiguous() ? null : x.contiguous();
        long rows = x.numel() / inputs;
        shape[^1] = outputs;
        var result = empty(shape, ScalarType.Float32);
        int parts = (int)Math.Clamp(sizeof(float) * inputs * outputs / _partBytes, 1, outputs);
        var work = new Work(NativeTensors.Floats(whole ?? x), rows, NativeTensors.Floats(weight), bias is null ? null : NativeTensors.Floats(bias), NativeTensors.Floats(result), inputs, outputs, parts);
        work.Run(parts, get_num_threads());
        GC.KeepAlive(x);
        GC.KeepAlive(weight);
        GC.KeepAlive(bias);
        return result;
    }

    /// <summary>The sum of the products of two rows, in an order that is the same on every processor.</summary>
    public static float Dot(float* x, float* y, long count)
    {
        Vector512<float> a = Vector512<float>.Zero, b = a, c = a, d = a;
        long i = 0;
        for (; i <= count - 64; i += 64)
        {
            a = Vector512.FusedMultiplyAdd(Vector512.Load(x + i), Vector512.Load(y + i), a);
            b = Vector512.FusedMultiplyAdd(Vector512.Load(x + i + 16), Vector512.Load(y + i + 16), b);
            c = Vector512.FusedMultiplyAdd(Vector512.Load(x + i + 32), Vector512.Load(y + i + 32), c);
            d = Vector512.FusedMultiplyAdd(Vector512.Load(x + i + 48), Vector512.Load(y + i + 48), d);
        }

        for (; i <= count - 16; i += 16) a = Vector512.FusedMultiplyAdd(Vector512.Load(x + i), Vector512.Load(y + i), a);
        float sum = Vector512.Sum(a + b + (c + d));
        for (; i < count; i++) sum = MathF.FusedMultiplyAdd(x[i], y[i], sum);
        return sum;
    }

    private sealed class Work(float* x, long rows, float* weight, float* bias, float* result, long inputs, long outputs, int parts) : SharedWork
    {
        protected override void Do(int part)
        {
            long end = outputs * (part + 1) / parts;
            for (long output = outputs * part / parts; output < end; output++)
            {
                float added = bias is null ? 0 : bias[output];
                for (long row = 0; row < rows; row++) result[(row * outputs) + output] = Dot(x + (row * inputs), weight + (output * inputs), inputs) + added;
            }
        }
    }
}
