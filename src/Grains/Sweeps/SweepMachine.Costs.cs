namespace Ptune.Grains.Sweeps;

/// <summary>What the rungs from the second on may take: no trial of theirs is known when the sweep is submitted.</summary>
internal static partial class SweepMachine
{
    /// <summary>What a job of such a rung is likely to take, in seconds; null: nobody knows, or it is no such job.</summary>
    public static double? LaterEstimate(SweepState state, string jobId)
    {
        foreach (var trial in state.Trials)
        {
            for (var rung = 1; rung < trial.Rungs.Length; rung++)
            {
                if (Array.IndexOf(trial.Rungs[rung].Jobs, jobId) is var place and >= 0 && Cost(state, rung)?.Seconds.ElementAtOrDefault(place) is { } seconds and > 0) return seconds;
            }
        }
        return null;
    }

    /// <summary>The rungs whose promotions are still to come, and what these may take.</summary>
    public static IEnumerable<(string Name, double Seconds)> MayFollow(SweepState state)
    {
        for (var rung = 1; Cost(state, rung) is { } cost; rung++)
        {
            var left = cost.Most - state.Trials.Count(trial => trial.Rungs.Length > rung);
            if (left > 0 && cost.Seconds.Sum() is var seconds and > 0) yield return ($"{state.SweepId}/rung/{rung}", left * seconds);
        }
    }

    private static Contracts.Sweeps.SweepRungCost? Cost(SweepState state, int rung) => state.Later is { } later && rung <= later.Length ? later[rung - 1] : null;
}
