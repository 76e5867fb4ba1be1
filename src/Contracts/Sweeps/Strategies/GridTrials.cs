using Ptune.Contracts.Specs;

namespace Ptune.Contracts.Sweeps.Strategies;

/// <summary>Every combination of the values. Paths are in ordinal order, as in the sweep's id; the last one's values change fastest.</summary>
public static class GridTrials
{
    /// <summary>How many combinations there are; <see cref="long.MaxValue"/> when they are more than that.</summary>
    public static long Count(IReadOnlyDictionary<string, SweepRange> vary)
    {
        var count = 1L;
        foreach (var range in vary.Values)
        {
            var values = range.Values?.Length ?? 0;
            if (values > 0 && count > long.MaxValue / values) return long.MaxValue;
            count *= values;
        }
        return count;
    }

    /// <param name="vary">Paths and their values.</param>
    /// <param name="number">The trial's number, from 1 to <see cref="Count"/>.</param>
    public static Dictionary<string, SweepValue> Values(IReadOnlyDictionary<string, SweepRange> vary, int number)
    {
        var values = new Dictionary<string, SweepValue>();
        var rest = number - 1;
        foreach (var (path, range) in vary.OrderByDescending(v => v.Key, StringComparer.Ordinal))
        {
            values[path] = range.Values![rest % range.Values.Length];
            rest /= range.Values.Length;
        }
        return values.OrderBy(v => v.Key, StringComparer.Ordinal).ToDictionary();
    }
}
