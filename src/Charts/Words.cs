using System.Globalization;
using Ptune.Contracts.Artifacts;

namespace Ptune.Charts;

/// <summary>Numbers and times as people read them, the same in every language of the machine.</summary>
public static class Words
{
    public static string Count(long n, string noun) => n == 1 ? $"1 {noun}" : string.Create(CultureInfo.InvariantCulture, $"{n:N0} {noun}s");

    /// <summary>A fraction in percent with one decimal: 72.9.</summary>
    public static string Percent(double fraction) => (fraction * 100).ToString("0.0", CultureInfo.InvariantCulture);

    public static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>Device-hours with two decimals; what they would show as nothing with two figures: 0.0034, 2.6e-5.</summary>
    public static string Hours(double hours) => Math.Abs(hours) switch
    {
        > 0 and < 0.0005 => Number(hours, "0.#e0"),
        > 0 and < 0.005 => Number(hours, "0.####"),
        _ => Number(hours, "#,0.##"),
    };

    /// <summary>A measured value in a format with fixed decimals; one that they would show as zero, or nearly so, by its power of ten: 3.2e-7.</summary>
    public static string Figure(double value, string format)
    {
        var decimals = format.Length - format.IndexOf('.', StringComparison.Ordinal) - 1;
        return value != 0 && Math.Abs(value) < Math.Pow(10, 1 - decimals) ? Number(value, "0.##e0") : Number(value, format);
    }

    /// <summary>A figure of a job's result: bytes as such, everything else as <see cref="Figure"/> has it, with its thousands apart.</summary>
    /// <param name="name">One of <see cref="MetricNames"/>.</param>
    public static string Metric(string name, double value) => name is MetricNames.PeakMemory or MetricNames.StateBytes ? Bytes((long)value) : Figure(value, "#,0.######");

    /// <summary>A p-value: 0.034, or 2e-11 where it is small.</summary>
    public static string P(double p) => p switch
    {
        < 1e-300 => "<1e-300",
        < 0.001 => p.ToString("0e0", CultureInfo.InvariantCulture),
        _ => p.ToString("0.000", CultureInfo.InvariantCulture),
    };

    public static string Seconds(double seconds) => seconds switch
    {
        > 0 and < 0.1 => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, seconds * 1000):0} ms"),
        < 10 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s"),
        < 100 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(seconds / 60):0} min {Math.Floor(seconds % 60):00} s"),
    };

    public static string Bytes(long bytes) => bytes switch
    {
        < 1_000 => $"{bytes} B",
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.0} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.00} GB"),
    };

    public static string Ago(DateTimeOffset then, DateTimeOffset now) => (now - then).TotalSeconds switch
    {
        < 1 => "now",
        < 120 and var s => string.Create(CultureInfo.InvariantCulture, $"{s:0} s ago"),
        < 7200 and var s => string.Create(CultureInfo.InvariantCulture, $"{s / 60:0} min ago"),
        < 172_800 and var s => string.Create(CultureInfo.InvariantCulture, $"{s / 3600:0} h ago"),
        var s => string.Create(CultureInfo.InvariantCulture, $"{s / 86_400:0} d ago"),
    };

    /// <summary>An enum's word as JSON writes it.</summary>
    public static string Lower<T>(T value) where T : struct, Enum => char.ToLowerInvariant(value.ToString()[0]) + value.ToString()[1..];
}
