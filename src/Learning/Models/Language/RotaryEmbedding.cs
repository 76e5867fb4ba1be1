using Ptune.Learning.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Models.Language;

/// <summary>
/// Rotary positions (arXiv 2104.09864) in the layout of Llama and GPT-NeoX: the pairs that are turned are (i, i + width/2). Frequencies and angles
/// are f32 whatever the model computes in, in the order of operations of Hugging Face's code: at far positions another order gives other angles.
/// </summary>
/// <param name="width">The numbers of a head that are turned; even.</param>
/// <param name="theta">The base.</param>
internal sealed class RotaryEmbedding(long width, double theta, RotaryScaling scaling)
{
    // A new token is quicker with them than they are made.
    private float[]? _frequencies;

    /// <summary>Whether a token's angle depends on the length of the text that it stands in.</summary>
    public bool DependsOnLength => scaling is RotaryScaling.Dynamic;

    /// <summary>Up to this length of the longest text of a batch it does not; null: it never does.</summary>
    public long? TrainedLength => scaling is RotaryScaling.Dynamic dynamic ? dynamic.Trained : null;

    /// <summary>Whether texts of this length are turned by the plain frequencies.</summary>
    public bool IsPlainUpTo(long longest) => TrainedLength is not { } trained || longest <= trained;

    /// <summary>cos and sin for positions [B, T], each [B, 1, T, width / 2] in <paramref name="type"/>.</summary>
    /// <param name="longest">The longest text of the batch.</param>
    public (Tensor Cos, Tensor Sin) Angles(Tensor positions, long longest, ScalarType type)
    {
        using var scope = NewDisposeScope();
        var frequencies = KnownFrequencies(longest, positions.device);                                     // [width / 2]
        var angles = positions.to_type(ScalarType.Float32).unsqueeze(-1).mul(frequencies).unsqueeze(1);    // [B, 1, T, width / 2]
        double factor = scaling is RotaryScaling.Yarn yarn ? yarn.AttentionFactor : 1;
        var (cos, sin) = (angles.cos(), angles.sin());
        if (factor != 1) (cos, sin) = (cos.MultiplyInPlace(factor), sin.MultiplyInPlace(factor));
        return (cos.to_type(type).MoveToOuterDisposeScope(), sin.to_type(type).MoveToOuterDisposeScope());
    }

    /// <summary>Turns the first numbers of each head: [B, H, T, head] -> the same.</summary>
    /// <param name="isStep">Whether T is 1 and <see cref="RowPasses"/> may be used.</param>
    public Tensor Apply(Tensor x, (Tensor Cos, Tensor Sin) angles, bool isStep)
    {
        if (isStep) return RowPasses.Turn(x.contiguous(), angles.Cos, angles.Sin);
        long half = width / 2, head = x.shape[^1];
        var (first, second) = (x.narrow(-1, 0, half), x.narrow(-1, half, half));
        var turned = (first * angles.Cos) - (second * angles.Sin);
        var moved = (second * angles.Cos).Plus(first * angles.Sin);
        return head == width ? cat([turned, moved], -1) : cat([turned, moved, x.narrow(-1, width, head - width)], -1);
    }

    private Tensor KnownFrequencies(long longest, Device device)
    {
        if (DependsOnLength) return Frequencies(longest, device);
        _frequencies ??= Frequencies(longest, device).cpu().data<float>().ToArray();
        return tensor(_frequencies).to(device);
    }

    private Tensor Frequencies(long longest, Device device) => scaling switch
    {
        RotaryScaling.Linear linear => Plain(theta, device).Over(linear.Factor),
        RotaryScaling.Dynamic dynamic => Plain(DynamicTheta(dynamic, longest), device),
        RotaryScaling.Llama3 llama => Blended(Plain(theta, device), llama),
        RotaryScaling.Yarn yarn => Ramped(yarn, device),
        _ => Plain(theta, device),
    };

    private Tensor Plain(double theta, Device device) => Periods(theta, device).reciprocal();

    // theta^(2i / width)
    private Tensor Periods(double theta, Device device) =>
        pow(theta, Numbers.Range(0, width, device, step: 2).to_type(ScalarType.Float32).Over(width));

    private double DynamicTheta(RotaryScaling.Dynamic dynamic, long longest) => longest <= dynamic.Trained
        ? theta
        : theta * Math.Pow((dynamic.Factor * longest / dynamic.Trained) - (dynamic.Factor - 1), width / (width - 2.0));

    private static Tensor Blended(Tensor frequencies, RotaryScaling.Llama3 llama)
    {
        double longWave = llama.Trained / llama.LowFrequencyFactor, shortWave = llama.Trained / llama.HighFrequencyFactor;
        var waves = frequencies.reciprocal().Times(2 * Math.PI);
        var stretched = where(waves.Above(longWave), frequencies.Over(llama.Factor), frequencies);
        var share = waves.reciprocal().Times(llama.Trained).Minus(llama.LowFrequencyFactor).Over(llama.HighFrequencyFactor - llama.LowFrequencyFactor);
        var blended = ((-share).Plus(1) * stretched).Over(llama.Factor).Plus(share * stretched);
        return where(waves.AtLeast(shortWave).logical_and(waves.AtMost(longWave)), blended, stretched);
    }

    private Tensor Ramped(RotaryScaling.Yarn yarn, Device device)
    {
        var periods = Periods(theta, device);
        double low = CorrectionDimension(yarn.BetaFast, yarn), high = CorrectionDimension(yarn.BetaSlow, yarn);
        if (yarn.Truncate) (low, high) = (Math.Floor(low), Math.Ceiling(high));
        (low, high) = (Math.Max(low, 0), Math.Min(high, width - 1));
        // Where both bounds fall together the ramp is a step.
        if (low == high) high += 0.001;
        var kept = (-Numbers.Range(width / 2, device).to_type(ScalarType.Float32).Minus(low).Over(high - low).Limited(0, 1)).Plus(1);
        return (periods.Times(yarn.Factor).reciprocal() * (-kept).Plus(1)).Plus(periods.reciprocal() * kept);
    }

    // The dimension whose wave turns so many times within the trained length.
    private double CorrectionDimension(double turns, RotaryScaling.Yarn yarn) =>
        width * Math.Log(yarn.Trained / (turns * 2 * Math.PI)) / (2 * Math.Log(theta));
}
