using System.Buffers;
using System.Runtime.Intrinsics;
using Ptune.Learning.Formats;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tensors;

/// <summary>softmax(q k^T / sqrt(head) + mask) v for one new token of each row, in f32 on the CPU: keys and values are read where the cache keeps them.</summary>
internal static unsafe class OneQuery
{
    // Less is done before another thread has begun.
    private const long _leastShared = 1L << 19;

    /// <param name="q">[B, heads, 1, head], contiguous f32.</param>
    /// <param name="k">[B, key heads, S, head], whose last two dimensions lie together; each serves heads / key heads queries.</param>
    /// <param name="v">As k.</param>
    /// <param name="mask">[B or 1, 1, 1, S] f32, added to the scores; null: none.</param>
    /// <returns>[B, heads, 1, head].</returns>
    public static Tensor Attention(Tensor q, Tensor k, Tensor v, Tensor? mask)
    {
        long[] shape = q.shape;
        using var added = mask?.contiguous();
        var result = empty(shape, ScalarType.Float32);
        var work = new Work(shape, k, v, NativeTensors.Floats(q), NativeTensors.Floats(result), added is null ? null : NativeTensors.Floats(added), added?.shape[0] > 1);
        work.Run((int)(shape[0] * shape[1]), shape[0] * shape[1] * k.shape[2] * shape[3] < _leastShared ? 1 : get_num_threads());
        GC.KeepAlive(q);
        GC.KeepAlive(k);
        GC.KeepAlive(v);
        return result;
    }

    private sealed class Work : SharedWork
    {
        private readonly float* _q, _k, _v, _result, _mask;
        private readonly long _heads, _group, _length, _width, _keyRow, _keyHead, _valueRow, _valueHead, _maskRow;

        public Work(long[] shape, Tensor k, Tensor v, float* q, float* result, float* mask, bool maskOfRows)
        {
            long[] keys = k.stride(), values = v.stride();
            if (k.shape[2] > 1 && (keys[2], keys[3], values[2], values[3]) != (shape[3], 1, shape[3], 1)) throw new ArgumentException("The numbers of a head's keys and values must lie together.", nameof(k));
            _q = q;
            _k = NativeTensors.FloatsOfView(k);
            _v = NativeTensors.FloatsOfView(v);
            _result = result;
            _mask = mask;
            (_heads, _group, _length, _width) = (shape[1], shape[1] / k.shape[1], k.shape[2], shape[3]);
            (_keyRow, _keyHead, _valueRow, _valueHead) = (keys[0], keys[1], values[0], values[1]);
            _maskRow = maskOfRows ? _length : 0;
        }

        protected override void Do(int part)
        {
            long row = part / _heads, head = part % _heads / _group;
            float* q = _q + (part * _width), k = _k + (row * _keyRow) + (head * _keyHead), v = _v + (row * _valueRow) + (head * _valueHead), to = _result + (part * _width);
            float* mask = _mask is null ? null : _mask + (row * _maskRow);
            float[] scores = ArrayPool<float>.Shared.Rent((int)_length);
            fixed (float* score = scores)
            {
                float scale = (float)(1 / Math.Sqrt(_width)), largest = float.NegativeInfinity;
                for (long at = 0; at < _length; at++)
                {
                    score[at] = (FewRows.Dot(q, k + (at * _width), _width) * scale) + (mask is null ? 0 : mask[at]);
                    largest = Math.Max(largest, score[at]);
                }

                float sum = Exponentiate(score, largest);
                Mix(score, v, 1 / sum, to);
            }

            ArrayPool<float>.Shared.Return(scores);
        }

        // Replaces each score by e^(score - largest), and gives their sum.
        private float Exponentiate(float* score, float largest)
        {
            var sums = Vector512<float>.Zero;
            var most = Vector512.Create(largest);
            long at = 0;
            for (; at <= _length - Vector512<float>.Count; at += Vector512<float>.Count)
            {
                var share = Vector512.Exp(Vector512.Load(score + at) - most);
                share.Store(score + at);
                sums += share;
            }

            float sum = Vector512.Sum(sums);
            for (; at < _length; at++) sum += score[at] = MathF.Exp(score[at] - largest);
            return sum;
        }

        // The sum of the values, each times its share.
        private void Mix(float* share, float* values, float scale, float* to)
        {
            long i = 0;
            for (; i <= _width - 64; i += 64)
            {
                Vector512<float> a = Vector512<float>.Zero, b = a, c = a, d = a;
                float* value = values + i;
                for (long at = 0; at < _length; at++, value += _width)
                {
                    var weight = Vector512.Create(share[at]);
                    a = Vector512.FusedMultiplyAdd(weight, Vector512.Load(value), a);
                    b = Vector512.FusedMultiplyAdd(weight, Vector512.Load(value + 16), b);
                    c = Vector512.FusedMultiplyAdd(weight, Vector512.Load(value + 32), c);
                    d = Vector512.FusedMultiplyAdd(weight, Vector512.Load(value + 48), d);
                }

                (a * scale).Store(to + i);
                (b * scale).Store(to + i + 16);
                (c * scale).Store(to + i + 32);
                (d * scale).Store(to + i + 48);
            }

            for (; i < _width; i++)
            {
                float sum = 0;
                for (long at = 0; at < _length; at++) sum = MathF.FusedMultiplyAdd(share[at], values[(at * _width) + i], sum);
                to[i] = sum * scale;
            }
        }
    }
}
