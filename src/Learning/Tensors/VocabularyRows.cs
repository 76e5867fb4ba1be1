using System.Runtime.Intrinsics;
using Ptune.Learning.Formats;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tensors;

/// <summary>Sums over rows as wide as a vocabulary, f32 on the CPU, without a further tensor of that size.</summary>
internal static unsafe class VocabularyRows
{
    private const long _partElements = 1L << 16;

    /// <summary>Whether it is made for these.</summary>
    /// <param name="logits">[rows, V].</param>
    public static bool Are(Tensor logits) => logits.dtype == ScalarType.Float32 && logits.device_type == DeviceType.CPU && !logits.requires_grad && logits.is_contiguous() && logits.numel() > 0;

    /// <summary>[rows, 1]: log of the sum of e^x over each row, without overflow.</summary>
    public static Tensor LogSumExp(Tensor logits)
    {
        long rows = logits.shape[0], width = logits.shape[1];
        var result = empty([rows, 1], ScalarType.Float32);
        int parts = (int)Math.Clamp(rows * width / _partElements, 1, rows);
        new Work(NativeTensors.Floats(logits), NativeTensors.Floats(result), rows, width, parts).Run(parts, get_num_threads());
        GC.KeepAlive(logits);
        return result;
    }

    private sealed class Work(float* logits, float* result, long rows, long width, int parts) : SharedWork
    {
        protected override void Do(int part)
        {
            long end = rows * (part + 1) / parts;
            for (long row = rows * part / parts; row < end; row++) result[row] = Of(logits + (row * width));
        }

        private float Of(float* row)
        {
            float largest = Largest(row);
            var (sums, more) = (Vector512<float>.Zero, Vector512<float>.Zero);
            var most = Vector512.Create(largest);
            long i = 0;
            for (; i <= width - 32; i += 32)
            {
                sums += Vector512.Exp(Vector512.Load(row + i) - most);
                more += Vector512.Exp(Vector512.Load(row + i + 16) - most);
            }

            double sum = Vector512.Sum(sums + more);
            for (; i < width; i++) sum += MathF.Exp(row[i] - largest);
            return (float)(Math.Log(sum) + largest);
        }

        private float Largest(float* row)
        {
            var (first, second) = (Vector512.Create(float.NegativeInfinity), Vector512.Create(float.NegativeInfinity));
            long i = 0;
            for (; i <= width - 32; i += 32)
            {
                first = Vector512.Max(first, Vector512.Load(row + i));
                second = Vector512.Max(second, Vector512.Load(row + i + 16));
            }

            first = Vector512.Max(first, second);
            float largest = float.NegativeInfinity;
            for (int lane = 0; lane < Vector512<float>.Count; lane++) largest = Math.Max(largest, first[lane]);
            for (; i < width; i++) largest = Math.Max(largest, row[i]);
            return largest;
        }
    }
}
