using Ptune.Learning.Data;

namespace Ptune.Learning.Models;

/// <summary>The draws that the architectures use.</summary>
internal static class ParameterInits
{
    public static void Zeros(Span<float> values, ref SplitMix64 random) => values.Clear();

    public static void Ones(Span<float> values, ref SplitMix64 random) => values.Fill(1);

    /// <summary>Normal around 0.</summary>
    public static ParameterInit Normal(double deviation) => (Span<float> values, ref SplitMix64 random) =>
    {
        foreach (ref float value in values) value = (float)(deviation * random.NextNormal());
    };

    /// <summary>Uniform in +-1/sqrt(inputs): what PyTorch gives linear and convolution layers, weight and bias.</summary>
    public static ParameterInit FanIn(long inputs) => (Span<float> values, ref SplitMix64 random) =>
    {
        double bound = 1 / Math.Sqrt(inputs);
        foreach (ref float value in values) value = (float)(bound * ((2 * random.NextUnit()) - 1));
    };
}
