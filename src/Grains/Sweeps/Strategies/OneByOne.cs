namespace Ptune.Grains.Sweeps.Strategies;

/// <summary>Grid and random: every trial once, to its end, in the order of their numbers.</summary>
internal static class OneByOne
{
    /// <param name="trials">Those that have begun.</param>
    /// <param name="count">How many there are to be.</param>
    public static SweepStep? Next(IReadOnlyList<TrialStanding> trials, int count) =>
        trials.Count < count ? new SweepStep(trials.Count + 1, 0) : null;
}
