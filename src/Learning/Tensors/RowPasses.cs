using System.Runtime.Intrinsics;
using Ptune.Learning.Formats;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tensors;

/// <summary>
/// What is done to the numbers of <see cref="FewRows"/> between their products. A new token has so few of them that calls cost more than arithmetic: each of these is a call where
/// libtorch's operations are up to ten.
/// </summary>
internal static unsafe class RowPasses
{
    /// <summary>x / sqrt(mean(x²) + epsilon) * weight over the last dimension.</summary>
    /// <param name="x">Few rows, contiguous.</param>
    /// <param name="weight">[width], contiguous f32.</param>
    public static Tensor RootMeanSquareNorm(Tensor x, Tensor weight, double epsilon)
    {
        var result = empty_like(x);
        long width = weight.numel(), count = x.numel();
        float* from = NativeTensors.Floats(x), by = NativeTensors.Floats(weight), to = NativeTensors.Floats(result);
        for (long row = 0; row < count; row += width)
        {
            float scale = (float)(1 / Math.Sqrt((FewRows.Dot(from + row, from + row, width) / width) + epsilon));
            long i = 0;
            for (; i <= width - Vector512<float>.Count; i += Vector512<float>.Count) (Vector512.Load(by + i) * (Vector512.Load(from + row + i) * scale)).Store(to + row + i);
            for (; i < width; i++) to[row + i] = by[i] * (from[row + i] * scale);
        }

        GC.KeepAlive(x);
        GC.KeepAlive(weight);
        return result;
    }

    /// <summary>silu(gate) * up.</summary>
    /// <param name="gate">Contiguous f32.</param>
    /// <param name="up">Of the same shape, contiguous.</param>
    public static Tensor SiluTimes(Tensor gate, Tensor up)
    {
        var result = empty_like(gate);
        long count = gate.numel(), i = 0;
        float* g = NativeTensors.Floats(gate), u = NativeTensors.Floats(up), to = NativeTensors.Floats(result);
        for (; i <= count - Vector512<float>.Count; i += Vector512<float>.Count)
        {
            var x = Vector512.Load(g + i);
            (x / (Vector512<float>.One + Vector512.Exp(-x)) * Vector512.Load(u + i)).Store(to + i);
        }

        for (; i < count; i++) to[i] = g[i] / (1 + MathF.Exp(-g[i])) * u[i];
        GC.KeepAlive(gate);
        GC.KeepAlive(up);
        return result;
    }

    /// <summary>Turns the first 2 x half numbers of each head by the angles of its row, the pairs (i, i + half).</summary>
    /// <param name="x">[B, heads, 1, head], contiguous.</param>
    /// <param name="cos">[B, 1, 1, half], contiguous f32.</param>
    /// <param name="sin">As before.</param>
    public static Tensor Turn(Tensor x, Tensor cos, Tensor sin)
    {
        long rows = x.size(0), heads = x.size(1), head = x.size(3), half = cos.size(3);
        var result = empty_like(x);
        float* from = NativeTensors.Floats(x), to = NativeTensors.Floats(result), c = NativeTensors.Floats(cos), s = NativeTensors.Floats(sin);
        for (long row = 0; row < rows; row++, c += half, s += half)
        {
            for (long number = 0; number < heads; number++, from += head, to += head)
            {
                long i = 0;
                for (; i <= half - Vector512<float>.Count; i += Vector512<float>.Count)
                {
                    Vector512<float> first = Vector512.Load(from + i), second = Vector512.Load(from + half + i), cosine = Vector512.Load(c + i), sine = Vector512.Load(s + i);
                    ((first * cosine) - (second * sine)).Store(to + i);
                    ((second * cosine) + (first * sine)).Store(to + half + i);
                }

                for (; i < half; i++)
                {
                    to[i] = (from[i] * c[i]) - (from[half + i] * s[i]);
                    to[half + i] = (from[half + i] * c[i]) + (from[i] * s[i]);
                }

                for (i = 2 * half; i < head; i++) to[i] = from[i];
            }
        }

        GC.KeepAlive(x);
        GC.KeepAlive(cos);
        GC.KeepAlive(sin);
        return result;
    }
}
