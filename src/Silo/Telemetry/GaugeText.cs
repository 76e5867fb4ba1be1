using System.Globalization;
using System.Text;

namespace Ptune.Silo.Telemetry;

/// <summary>Gauges in Prometheus' text format, which is OpenMetrics' too but for the line that ends it.</summary>
internal static class GaugeText
{
    public static void Family<T>(StringBuilder page, string name, string help, IEnumerable<(string Labels, T Value)> series) where T : IFormattable
    {
        page.Append(CultureInfo.InvariantCulture, $"# TYPE {name} gauge\n# HELP {name} {help}\n");
        foreach (var (labels, value) in series) page.Append(CultureInfo.InvariantCulture, $"{name}{{{labels}}} {value}\n");
    }

    public static string Escaped(string label) =>
        label.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
