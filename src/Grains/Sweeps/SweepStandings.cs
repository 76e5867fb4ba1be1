using Ptune.Contracts.Jobs;
using Ptune.Contracts.Studies;
using Ptune.Contracts.Sweeps;
using Ptune.Grains.Graphs;
using Ptune.Grains.Sweeps.Strategies;

namespace Ptune.Grains.Sweeps;

/// <summary>How a sweep's trials stand, read from the cells of their jobs.</summary>
internal sealed class SweepStandings
{
    private readonly SweepState _state;
    private readonly SweepMeasure _measure;
    private readonly Dictionary<string, StudyCellState> _cells;

    public SweepStandings(SweepState state)
    {
        (_state, _measure, _cells) = (state, SweepMeasure.Of(state.Spec), state.Cells.ToDictionary(c => c.JobId));
        Trials = [.. state.Trials.Select(t => new TrialStanding(t.Number, [.. t.Rungs.Select(Standing)]))];
    }

    /// <summary>In the order of their numbers.</summary>
    public IReadOnlyList<TrialStanding> Trials { get; }

    public TrialStanding? Best => TrialStanding.Best(Trials);

    /// <summary>Jobs that a trial under way waits for. Others are of no use any more.</summary>
    public HashSet<string> Wanted() =>
        [.. _state.Trials.Zip(Trials).Where(t => !t.Second.IsOver).SelectMany(t => t.First.Rungs[^1].Jobs)];

    /// <summary>Why trials failed, the first one in full; null when none did.</summary>
    public string? Failures()
    {
        var failed = _state.Trials.Zip(Trials).Where(t => t.Second.Rungs[^1] is { IsOver: true, Objective: null }).Select(t => t.First).ToArray();
        if (failed.Length == 0) return null;
        var first = $"trial {failed[0].Number} {Why(failed[0].Rungs[^1])}";
        return failed.Length == 1 ? first : $"{failed.Length} of {_state.Trials.Length} trials failed; {first}";
    }

    public SweepTrial View(SweepTrialState trial)
    {
        var standing = Trials[trial.Number - 1];
        var rungs = trial.Rungs.Zip(standing.Rungs, (r, s) => new SweepRung(r.Epochs, StatusOf(r, s), Figure(s.Objective), r.Jobs)).ToArray();
        var reached = standing.Reached;
        var message = rungs[^1].Status is JobStatus.Failed ? Why(trial.Rungs[^1]) : null;
        return new SweepTrial(trial.Number, trial.Values, rungs[^1].Status, reached is { } r ? trial.Rungs[r.Rung].Epochs : 0, Figure(reached?.Objective), message, rungs);
    }

    /// <summary>The number that strategies rank by, of a figure; and the figure, of that number.</summary>
    private double? Figure(double? figure) => figure is { } known ? _measure.Rank(known) : null;

    private RungStanding Standing(SweepRungState rung)
    {
        var last = _cells[rung.Jobs[^1]];
        if (last.Status == JobStatus.Succeeded) return new RungStanding(true, Figure(last.Figure));
        return new RungStanding(rung.Jobs.Any(id => HasEndedBadly(_cells[id])), null);
    }

    private JobStatus StatusOf(SweepRungState rung, RungStanding standing) => standing switch
    {
        { Objective: not null } => JobStatus.Succeeded,
        { IsOver: true } when _state.Status is JobStatus.Cancelling or JobStatus.Cancelled && rung.Jobs.All(id => _cells[id].Status != JobStatus.Failed) => JobStatus.Cancelled,
        { IsOver: true } => JobStatus.Failed,
        _ when _state.Status == JobStatus.Cancelled => JobStatus.Cancelled,
        _ => JobStatus.Running,
    };

    private string Why(SweepRungState rung)
    {
        if (rung.Jobs.Select(id => _cells[id]).FirstOrDefault(HasEndedBadly) is { } cell)
            return $"{(cell.Status == JobStatus.Failed ? "failed" : "was cancelled")} ({cell.Name}): {cell.Message ?? "no reason given"}";
        return $"failed: its result has no metric '{SweepMeasure.Of(_state.Spec).Metric}'";
    }

    private static bool HasEndedBadly(StudyCellState cell) => cell.Status is JobStatus.Failed or JobStatus.Cancelled;
}
