namespace Ptune.Grains.Sweeps.Strategies;

/// <summary>A trial as strategies see it.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Rungs">Each rung that it was ever sent to, the lowest first.</param>
internal sealed record TrialStanding(int Number, IReadOnlyList<RungStanding> Rungs)
{
    public bool IsOver => Rungs[^1].IsOver;

    /// <summary>The highest rung at which it has a figure, and the figure.</summary>
    public (int Rung, double Objective)? Reached
    {
        get
        {
            for (var i = Rungs.Count - 1; i >= 0; i--)
                if (Rungs[i].Objective is { } objective) return (i, objective);
            return null;
        }
    }

    /// <summary>Its figure at a rung; null where it has none.</summary>
    public double? At(int rung) => rung < Rungs.Count ? Rungs[rung].Objective : null;

    /// <summary>Of those that got the furthest the one with the greatest figure, and of equals the first; null when none has a figure.</summary>
    public static TrialStanding? Best(IEnumerable<TrialStanding> trials) => trials
        .Where(t => t.Reached is not null)
        .OrderByDescending(t => t.Reached!.Value.Rung).ThenByDescending(t => t.Reached!.Value.Objective).ThenBy(t => t.Number)
        .FirstOrDefault();
}
