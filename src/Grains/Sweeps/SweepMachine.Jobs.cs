using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Sweeps;
using Ptune.Grains.Graphs;
using Ptune.Grains.Shell;

namespace Ptune.Grains.Sweeps;

/// <summary>What the jobs report.</summary>
internal static partial class SweepMachine
{
    /// <summary>A job's own report, however it arrived. It gets no answer.</summary>
    public static Decision<SweepState, SweepView?> Apply(SweepState? state, SweepPlans? plans, JobReport report, DateTimeOffset now)
    {
        if (state is null || state.Status.IsFinal) return new(state, null);
        var next = Update(state, report.JobId, report.View, report.IsAnswer);
        if (ReferenceEquals(next, state)) return new(state, null);
        next = Advance(next, plans!, now);
        return new(next with { Version = state.Version + 1, Updated = now }, null, report.IsVolatile(state, next));
    }

    /// <summary>Looks at all jobs in flight, and at the chains, which another version of the code may plan otherwise.</summary>
    public static Decision<SweepState, SweepView?> Sweep(SweepState? state, SweepPlans? plans, IReadOnlyDictionary<string, JobView?> jobs, DateTimeOffset now)
    {
        if (state is null || state.Status.IsFinal) return new(state, state is null ? null : View(state));
        var next = jobs.Aggregate(Replan(state, plans!), (s, job) => Update(s, job.Key, job.Value, isAnswer: false));
        return Changed(state, ReferenceEquals(next, state) ? state : Advance(next, plans!, now), now);
    }

    private static SweepState Update(SweepState state, string jobId, JobView? view, bool isAnswer)
    {
        var next = state.With(state.Graph.Apply(jobId, view, isAnswer, state.Status == JobStatus.Cancelling));
        if (ReferenceEquals(next, state) || view is not { Status: JobStatus.Succeeded, Result.Metrics: { } metrics }) return next;
        if (!metrics.TryGetValue(SweepMeasure.Of(state.Spec).Metric, out var figure) || !double.IsFinite(figure)) return next;
        return next with
        {
            Cells = [.. next.Cells.Select(c => c.JobId == jobId ? c with { Figure = figure } : c)],
            N = metrics.TryGetValue(MetricNames.Count, out var n) ? (long)n : next.N,
        };
    }

    /// <summary>The chains of trials under way as today's code plans them. What is measured stays as it was.</summary>
    private static SweepState Replan(SweepState state, SweepPlans plans)
    {
        var standings = new SweepStandings(state);
        foreach (var trial in state.Trials.Zip(standings.Trials).Where(t => !t.Second.IsOver).Select(t => t.First).ToArray())
        {
            var rung = trial.Rungs[^1];
            var chain = plans.Chain(trial, rung.Epochs);
            if (chain.Select(j => j.JobId).SequenceEqual(rung.Jobs)) continue;
            var renewed = trial with { Rungs = [.. trial.Rungs.SkipLast(1), rung with { Jobs = [.. chain.Select(j => j.JobId)] }] };
            state = WithCells(state with { Trials = [.. state.Trials.Select(t => t.Number == trial.Number ? renewed : t)] }, chain);
        }
        return state;
    }
}
