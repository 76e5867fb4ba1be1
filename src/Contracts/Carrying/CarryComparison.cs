using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Statistics;

namespace Ptune.Contracts.Carrying;

/// <summary>A model without and with what is carried to it, on the same examples.</summary>
/// <param name="Metric">bitsPerByte, accuracy, ... by the names of <see cref="MetricNames"/>.</param>
/// <param name="Bare">The figure of the model alone.</param>
/// <param name="Carried">The figure with what is carried.</param>
/// <param name="Gain">By how much it is better: above 0, whether high or low figures are good.</param>
/// <param name="Low">The lower end of the gain's 95 % interval, by a paired bootstrap over the examples.</param>
/// <param name="High">The upper end.</param>
/// <param name="Count">Examples.</param>
public sealed record CarryComparison(string Metric, double Bare, double Carried, double Gain, double Low, double High, int Count)
{
    /// <summary>The gain is above 0 beyond the chance of the examples.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsGain => Low > 0;

    /// <summary>The gain is below 0 beyond the chance of the examples.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsLoss => High < 0;

    /// <summary>Whether a low figure is good.</summary>
    public static bool IsLowGood(string metric) => metric is MetricNames.BitsPerByte or MetricNames.Loss or MetricNames.Perplexity;

    /// <summary>From what an evaluation keeps of each example.</summary>
    /// <param name="metric">bitsPerByte, or the name of a value that is 1 where an example was right and else 0.</param>
    /// <param name="bare">Of each example its values by name.</param>
    /// <param name="carried">The same examples in the same order.</param>
    /// <exception cref="InvalidDataException">They are not the same examples, or the values are missing.</exception>
    public static CarryComparison Of(string metric, IReadOnlyList<IReadOnlyDictionary<string, double>> bare, IReadOnlyList<IReadOnlyDictionary<string, double>> carried)
    {
        if (bare.Count == 0 || bare.Count != carried.Count) throw new InvalidDataException($"The bare model was measured on {bare.Count} examples and the carried one on {carried.Count}: they cannot be compared.");
        var isBits = metric == MetricNames.BitsPerByte;
        double[] Of(IReadOnlyList<IReadOnlyDictionary<string, double>> all, string name) => [.. all.Select(one => one.TryGetValue(name, out var value) ? value : throw new InvalidDataException($"An example has no value '{name}'."))];
        var (before, after) = (Of(bare, isBits ? "nats" : metric), Of(carried, isBits ? "nats" : metric));
        double[] sizes = isBits ? Of(bare, "bytes") : [.. before.Select(_ => 1.0)];
        var scale = isBits ? 1 / Math.Log(2) : 1;
        var sign = IsLowGood(metric) ? -1 : 1;
        double[] better = [.. after.Zip(before, (one, other) => sign * scale * (one - other))];
        var (low, high) = PairedBootstrap.Interval(better, sizes);
        var size = sizes.Sum();
        return new CarryComparison(metric, scale * before.Sum() / size, scale * after.Sum() / size, better.Sum() / size, low, high, before.Length);
    }
}
