using System.Numerics;

namespace Ptune.Learning.Tuning;

/// <summary>
/// One update of <see cref="AdamW"/> in a single pass over memory: done operation by operation, each of ten passes would read and write
/// the parameters anew. Every element is computed by itself in the same order of f32 operations, whatever the width of a vector is,
/// so the bytes are the same on every processor.
/// </summary>
internal readonly struct AdamWPass
{
    private readonly float _decay;
    private readonly float _beta1;
    private readonly float _oneMinusBeta1;
    private readonly float _beta2;
    private readonly float _oneMinusBeta2;
    private readonly float _rootCorrection2;
    private readonly float _epsilon;
    private readonly float _stepSize;

    public AdamWPass(long step, double learningRate, double weightDecay)
    {
        _decay = (float)(1 - (learningRate * weightDecay));
        (_beta1, _oneMinusBeta1) = ((float)AdamW.Beta1, (float)(1 - AdamW.Beta1));
        (_beta2, _oneMinusBeta2) = ((float)AdamW.Beta2, (float)(1 - AdamW.Beta2));
        _rootCorrection2 = (float)Math.Sqrt(1 - Math.Pow(AdamW.Beta2, step));
        _epsilon = (float)AdamW.Epsilon;
        _stepSize = (float)(learningRate / (1 - Math.Pow(AdamW.Beta1, step)));
    }

    /// <summary>Updates <paramref name="count"/> parameters and their moments.</summary>
    public unsafe void Apply(float* values, float* gradients, float* mean, float* square, long count)
    {
        long i = 0;
        for (int width = Vector<float>.Count; i <= count - width; i += width)
        {
            var g = Vector.Load(gradients + i);
            var m = (Vector.Load(mean + i) * _beta1) + (g * _oneMinusBeta1);
            var v = (Vector.Load(square + i) * _beta2) + (g * g * _oneMinusBeta2);
            var denominator = (Vector.SquareRoot(v) / _rootCorrection2) + new Vector<float>(_epsilon);
            Vector.Store(m, mean + i);
            Vector.Store(v, square + i);
            Vector.Store((Vector.Load(values + i) * _decay) - (m / denominator * _stepSize), values + i);
        }

        for (; i < count; i++)
        {
            float g = gradients[i];
            float m = mean[i] = (mean[i] * _beta1) + (g * _oneMinusBeta1);
            float v = square[i] = (square[i] * _beta2) + (g * g * _oneMinusBeta2);
            float denominator = (MathF.Sqrt(v) / _rootCorrection2) + _epsilon;
            values[i] = (values[i] * _decay) - (m / denominator * _stepSize);
        }
    }
}
