using System.Globalization;
using System.Text;
using Ptune.Chaos.Tests.Faults;

namespace Ptune.Chaos.Tests.Rounds;

/// <summary>Rounds by the fault, as it stands in docs/reliability.md.</summary>
internal static class Table
{
    public static string Of(IReadOnlyCollection<RoundResult> rounds)
    {
        var text = new StringBuilder()
            .AppendLine("| fault | rounds | jobs | lost | doubled | unequal | moved | recovery p50 | p95 |")
            .AppendLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var fault in Enum.GetValues<Fault>())
        {
            if (rounds.Where(r => r.Fault == fault).ToArray() is { Length: > 0 } of) Line(text, fault.ToString(), of);
        }
        if (rounds.Count > 0) Line(text, "all", [.. rounds]);
        return text.ToString();
    }

    private static void Line(StringBuilder text, string name, RoundResult[] rounds)
    {
        var recoveries = rounds.Select(r => r.Recovery?.TotalSeconds).OfType<double>().Order().ToArray();
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"| {name} | {rounds.Length} | {rounds.Sum(r => r.Jobs)} | {rounds.Sum(r => r.Lost)} | {rounds.Sum(r => r.Doubled)} | {rounds.Sum(r => r.Unequal)} | {rounds.Sum(r => r.Moved)} | {Quantile(recoveries, 0.5)} | {Quantile(recoveries, 0.95)} |");
    }

    /// <summary>The smallest value that this share of all is not above.</summary>
    private static string Quantile(double[] sorted, double share) =>
        sorted.Length == 0 ? "-" : $"{sorted[(int)Math.Ceiling(share * sorted.Length) - 1].ToString("0.0", CultureInfo.InvariantCulture)} s";
}
