using Ptune.Contracts.Specs;
using Ptune.Contracts.Sweeps.Strategies;

namespace Ptune.Contracts.Sweeps;

/// <summary>The trials of a sweep that was found to be right: all are known before anything runs, only how far each goes is not.</summary>
public static class SweepTrials
{
    public static int Count(SweepSpec sweep) => sweep.Method == SweepMethod.Grid ? (int)GridTrials.Count(sweep.Vary) : sweep.Trials!.Value;

    /// <param name="sweep">The sweep.</param>
    /// <param name="number">The trial's number, from 1.</param>
    /// <returns>Path to value, in the paths' ordinal order.</returns>
    public static Dictionary<string, SweepValue> Values(SweepSpec sweep, int number) =>
        Values(sweep, number, path => JobPath.Find(sweep.Job, path).Path is { IsWhole: true });

    /// <inheritdoc cref="Values(SweepSpec, int)"/>
    /// <param name="isWhole">True for a path that takes whole numbers; for who looks at many trials and has looked that up.</param>
    internal static Dictionary<string, SweepValue> Values(SweepSpec sweep, int number, Func<string, bool> isWhole) => sweep.Method == SweepMethod.Grid
        ? GridTrials.Values(sweep.Vary, number)
        : RandomTrials.Values(sweep.Vary, isWhole, sweep.Seed, number);

    /// <summary>The epochs, of texts steps, that a trial may be trained for, the fewest first; without early stopping only its own.</summary>
    public static int[] Rungs(SweepSpec sweep, IReadOnlyDictionary<string, SweepValue> values)
    {
        var measure = SweepMeasure.Of(sweep);
        var epochs = values.TryGetValue(measure.LengthPath, out var varied) ? (int)varied.Number!.Value : measure.LengthOf(sweep.Job);
        return sweep.Method == SweepMethod.Asha ? (sweep.Asha ?? new()).Rungs(epochs) : [epochs];
    }
}
