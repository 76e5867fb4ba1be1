using Ptune.Contracts.Specs;
using Ptune.Contracts.Sweeps;

namespace Ptune.Charts;

/// <summary>A sweep's trials in words.</summary>
public static class SweepTables
{
    private const string NotMeasured = "-";

    /// <summary>What was compared on what.</summary>
    public static string Title(SweepView sweep, SweepResult result) =>
        $"{result.Sweep}: {result.Objective}{(Measure(sweep).IsLowerBetter ? " (lower is better)" : " in %")} on {Words.Count(result.N, $"{result.EvaluatedOn} example")}, {Words.Count(result.Trials.Length, "trial")} by {Words.Lower(result.Method)}";

    /// <summary>The varied paths in the order that trials are made in.</summary>
    public static string[] Paths(SweepView sweep) => [.. sweep.Spec.Vary.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The best first: those that were trained the longest, by their figures.</summary>
    public static IEnumerable<SweepTrial> Ranked(SweepView sweep) =>
        sweep.Trials.OrderByDescending(t => t.Objective is null ? 0 : Rung(t)).ThenByDescending(t => t.Objective is { } figure ? Measure(sweep).Rank(figure) : double.MinValue).ThenBy(t => t.Number);

    public static string Epochs(SweepTrial trial) => trial.Epochs > 0 ? $"{trial.Epochs}" : NotMeasured;

    public static string Objective(SweepView sweep, SweepTrial trial) => trial.Objective is { } figure ? Figure(sweep, figure) : NotMeasured;

    /// <summary>A figure without its unit: a percentage, or as it is.</summary>
    public static string Figure(SweepView sweep, double figure) => Measure(sweep).IsLowerBetter ? Words.Number(figure, "0.000") : Words.Number(figure * 100, "0.00");

    /// <summary>What stands behind a figure: a percent sign, or nothing.</summary>
    public static string Unit(SweepView sweep) => Measure(sweep).IsLowerBetter ? "" : " %";

    public static SweepMeasure Measure(SweepView sweep) => SweepMeasure.Of(sweep.Spec);

    public static string Status(SweepTrial trial, int? best)
    {
        var status = trial.Message is { } why ? $"{Words.Lower(trial.Status)}: {why}" : Words.Lower(trial.Status);
        return trial.Number == best ? $"{status}, best" : status;
    }

    /// <summary>What the results do not show by themselves.</summary>
    public static IEnumerable<string> Remarks(SweepView sweep, SweepResult result)
    {
        var best = result.Trials[result.Best - 1];
        yield return $"Best: trial {best.Number}, {string.Join(", ", Paths(sweep).Select(p => $"{p} {best.Values[p]}"))}.";
        if (result.EvaluatedOn == "test")
            yield return "It was selected on test examples, so its result is biased: measure it on examples that were not used for selection.";
        else if (result.Trials.Length > 1)
            yield return "Its result is the best of several and therefore slightly too high: measure the selected recipe on test examples.";
        if (sweep.Message is { Length: > 0 } message) yield return $"Trials without a result: {message}.";
    }

    /// <summary>What it took, and what training every trial to its end would have taken.</summary>
    public static string Cost(SweepView sweep, SweepResult result)
    {
        var full = sweep.Trials.Sum(t => (long)SweepTrials.Rungs(sweep.Spec, t.Values)[^1]);
        var saved = result.Method == SweepMethod.Asha ? $" instead of the {Words.Number(full, "#,0")} that training every trial to its end takes" : "";
        return $"{Words.Count(result.Epochs, Measure(sweep).LengthUnit)} of training{saved}; {Words.Count(result.Jobs.Computed, "job")} computed, {result.Jobs.Reused} reused, {Words.Seconds(result.Seconds)}.";
    }

    private static int Rung(SweepTrial trial) => Array.FindLastIndex(trial.Rungs, r => r.Objective is not null) + 1;
}
