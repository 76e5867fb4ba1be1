namespace Ptune.Grains.Sweeps.Strategies;

/// <summary>
/// Asynchronous successive halving (Li et al., A System for Massively Parallel Hyperparameter Tuning, arXiv 1810.05934, algorithm 2). Whenever there is
/// room, the best trial among the top 1/reduction of a rung that has not gone on yet does so, the highest rung first; where there is none, a new
/// trial begins. Nothing waits for a rung to fill.
/// </summary>
/// <remarks>
/// The paper's search has no end. Ours has so many trials; when all else is done and no trial has been measured at the last rung, since too few are
/// left to halve, the best of the highest rung goes on, so that the winner is measured at the epochs that were asked for.
/// </remarks>
internal static class Asha
{
    /// <param name="trials">Those that have begun.</param>
    /// <param name="count">How many there are to be.</param>
    /// <param name="rungs">How many rungs there are.</param>
    /// <param name="reduction">One of so many goes on.</param>
    /// <returns>Null when there is nothing to do, or nothing before one under way ends.</returns>
    public static SweepStep? Next(IReadOnlyList<TrialStanding> trials, int count, int rungs, int reduction)
    {
        for (var rung = rungs - 2; rung >= 0; rung--)
            if (Promotable(trials, rung, reduction) is { } best) return new SweepStep(best.Number, rung + 1);
        if (trials.Count < count) return new SweepStep(trials.Count + 1, 0);
        return trials.All(t => t.IsOver) ? Last(trials, rungs) : null;
    }

    private static TrialStanding? Promotable(IReadOnlyList<TrialStanding> trials, int rung, int reduction)
    {
        var measured = Ranked(trials, rung);
        return measured.Take(measured.Length / reduction).FirstOrDefault(t => t.Rungs.Count == rung + 1);
    }

    private static SweepStep? Last(IReadOnlyList<TrialStanding> trials, int rungs)
    {
        var highest = trials.Max(t => t.Reached?.Rung) ?? rungs;
        if (highest >= rungs - 1) return null;
        return Ranked(trials, highest).FirstOrDefault(t => t.Rungs.Count == highest + 1) is { } best ? new SweepStep(best.Number, highest + 1) : null;
    }

    /// <summary>Those with a figure at the rung, the best first.</summary>
    private static TrialStanding[] Ranked(IReadOnlyList<TrialStanding> trials, int rung) =>
        [.. trials.Where(t => t.At(rung) is not null).OrderByDescending(t => t.At(rung)).ThenBy(t => t.Number)];
}
