using System.Globalization;
using Ptune.Contracts.Artifacts;

namespace Ptune.Contracts.Carrying;

/// <summary>Figures of a comparison as people read them: accuracies in points of percent.</summary>
public static class CarryWords
{
    /// <summary>0.412 bits per byte (95 %: 0.380 to 0.444).</summary>
    public static string Gain(CarryComparison comparison) => Interval(comparison.Gain, comparison.Low, comparison.High, comparison.Metric);

    /// <summary>The same of a gain below 0.</summary>
    public static string Loss(CarryComparison comparison) => Interval(-comparison.Gain, -comparison.High, -comparison.Low, comparison.Metric);

    /// <summary>A difference with its unit.</summary>
    public static string Amount(double difference, string metric) => $"{Number(difference, metric)} {Unit(metric)}";

    /// <summary>A figure by itself.</summary>
    public static string Figure(double value, string metric) => IsShare(metric) ? $"{Number(value, metric)} %" : Number(value, metric);

    /// <summary>A share in percent.</summary>
    public static string Share(double share) => $"{(100 * share).ToString("0", CultureInfo.InvariantCulture)} %";

    private static string Interval(double value, double low, double high, string metric) => $"{Amount(value, metric)} (95 %: {Number(low, metric)} to {Number(high, metric)})";

    /// <summary>A difference without its unit; of accuracies in points.</summary>
    public static string Number(double value, string metric) => IsShare(metric) ? (100 * value).ToString("0.0", CultureInfo.InvariantCulture) : value.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Unit(string metric) => metric == MetricNames.BitsPerByte ? "bits per byte" : IsShare(metric) ? "points" : metric;

    private static bool IsShare(string metric) => metric.StartsWith(MetricNames.Accuracy, StringComparison.Ordinal) || metric == MetricNames.ExactMatch;
}
