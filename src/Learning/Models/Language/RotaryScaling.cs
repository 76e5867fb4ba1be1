namespace Ptune.Learning.Models.Language;

/// <summary>How rotary frequencies are stretched beyond the length that a model was first trained for.</summary>
internal abstract record RotaryScaling
{
    /// <summary>Frequencies as they are.</summary>
    public sealed record None : RotaryScaling;

    /// <summary>Every position divided by the factor.</summary>
    public sealed record Linear(double Factor) : RotaryScaling;

    /// <summary>A base that grows with the longest text of a batch, from <paramref name="Trained"/> tokens on (NTK).</summary>
    public sealed record Dynamic(double Factor, long Trained) : RotaryScaling;

    /// <summary>Llama 3.1's: short wavelengths kept, long ones divided by the factor, those between blended.</summary>
    public sealed record Llama3(double Factor, double LowFrequencyFactor, double HighFrequencyFactor, long Trained) : RotaryScaling;

    /// <summary>YaRN (arXiv 2309.00071): a ramp between kept and divided frequencies, and cos and sin times an attention factor.</summary>
    /// <param name="Truncate">Whether the ramp's bounds are rounded to whole dimensions.</param>
    public sealed record Yarn(double Factor, double AttentionFactor, double BetaFast, double BetaSlow, long Trained, bool Truncate) : RotaryScaling;
}
