using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;
using Ptune.Contracts.Sweeps;
using Ptune.Grains.Graphs;
using Ptune.Grains.Shell;
using Ptune.Grains.Sweeps.Strategies;

namespace Ptune.Grains.Sweeps;

/// <summary>
/// A sweep's way through its trials, as pure functions. A trial is a chain of jobs, each submitted when the former stands. A failed trial does not
/// end the sweep: it succeeds when at least one trial has a figure, and says which have none.
/// </summary>
internal static partial class SweepMachine
{
    public static SweepView View(SweepState state)
    {
        var standings = new SweepStandings(state);
        var view = new SweepView
        {
            SweepId = state.SweepId,
            Name = state.Spec.Name,
            Status = state.Status,
            Version = state.Version,
            Spec = state.Spec,
            Trials = [.. state.Trials.Select(standings.View)],
            Cells = [.. state.Cells.Select(JobGraph.View)],
            Total = SweepTrials.Count(state.Spec),
            Best = standings.Best?.Number,
            Message = state.Message,
            Created = state.Created,
            Ended = state.Ended,
            Submitters = state.Submitters,
            Resolved = state.Resolved,
        };
        return state.Status == JobStatus.Succeeded ? view with { Result = Result(state, view) } : view;
    }

    private static SweepResult Result(SweepState state, SweepView view) => new()
    {
        Sweep = view.Name,
        SweepId = view.SweepId,
        Method = state.Spec.Method,
        Objective = SweepMeasure.Of(state.Spec).Metric,
        EvaluatedOn = SweepPlanner.EvaluatedOn(state.Spec).Split.ToString().ToLowerInvariant(),
        N = state.N,
        Best = view.Best!.Value,
        Trials = view.Trials,
        Jobs = state.Graph.Counts(),
        Epochs = view.Trials.SelectMany(t => t.Rungs).Where(r => r.Objective is not null).DistinctBy(r => r.Jobs[^1]).Sum(r => (long)r.Epochs),
        Seconds = (state.Ended!.Value - state.Submitted).TotalSeconds,
    };

    /// <summary>Submits what is ready, begins what there is room for, and ends the sweep when there is nothing left to wait for.</summary>
    private static SweepState Advance(SweepState state, SweepPlans plans, DateTimeOffset now)
    {
        var standings = new SweepStandings(state);
        if (state.Status == JobStatus.Running)
        {
            while (standings.Trials.Count(t => !t.IsOver) < state.Spec.Parallel && Next(state, standings) is { } step)
            {
                state = Begin(state, step, plans);
                standings = new SweepStandings(state);
            }
            var wanted = standings.Wanted();
            state = state.With(state.Graph.SubmitReady(c => wanted.Contains(c.JobId)));
        }
        if (state.Graph.IsInFlight) return state;
        return state.Status switch
        {
            JobStatus.Cancelling => End(state, JobStatus.Cancelled, "cancelled", now),
            JobStatus.Running => End(state, standings.Best is null ? JobStatus.Failed : JobStatus.Succeeded, standings.Failures(), now),
            _ => state,
        };
    }

    private static SweepStep? Next(SweepState state, SweepStandings standings)
    {
        // Without the source's scores no trial can be measured.
        if (state.Cells.Any(c => c is { Key: SweepPlanner.SourceKey, Status: JobStatus.Failed or JobStatus.Cancelled })) return null;
        var count = SweepTrials.Count(state.Spec);
        if (state.Spec.Method != SweepMethod.Asha) return OneByOne.Next(standings.Trials, count);
        var settings = state.Spec.Asha ?? new();
        return Asha.Next(standings.Trials, count, settings.Rungs(SweepMeasure.Of(state.Spec).LengthOf(state.Spec.Job)).Length, settings.Reduction);
    }

    private static SweepState Begin(SweepState state, SweepStep step, SweepPlans plans)
    {
        var trial = step.Trial <= state.Trials.Length
            ? state.Trials[step.Trial - 1]
            : new SweepTrialState(step.Trial, SweepTrials.Values(state.Spec, step.Trial), []);
        var epochs = SweepTrials.Rungs(state.Spec, trial.Values)[step.Rung];
        var chain = plans.Chain(trial, epochs);
        trial = trial with { Rungs = [.. trial.Rungs, new SweepRungState(epochs, [.. chain.Select(j => j.JobId)])] };
        return WithCells(state with { Trials = [.. state.Trials.Where(t => t.Number != trial.Number).Append(trial).OrderBy(t => t.Number)] }, chain);
    }

    /// <summary>Adds the cells that are not there yet.</summary>
    private static SweepState WithCells(SweepState state, IEnumerable<PlannedJob> chain)
    {
        var known = state.Cells.Select(c => c.JobId).ToHashSet();
        var added = chain.Where(j => !known.Contains(j.JobId)).Select(JobGraph.Cell).ToArray();
        return added.Length == 0 ? state : state with { Cells = [.. state.Cells, .. added] };
    }

    private static SweepState End(SweepState state, JobStatus status, string? message, DateTimeOffset now) =>
        state with { Status = status, Message = message, Ended = now, Outbox = state.Outbox.With(GraphEffects.Row) };

    /// <summary>The same object when nothing has changed, else one version on.</summary>
    private static Decision<SweepState, SweepView?> Changed(SweepState before, SweepState after, DateTimeOffset now)
    {
        if (!ReferenceEquals(before, after)) after = after with { Version = before.Version + 1, Updated = now };
        return new(after, View(after));
    }
}
