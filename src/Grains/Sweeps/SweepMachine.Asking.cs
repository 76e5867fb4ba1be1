using Ptune.Contracts.Jobs;
using Ptune.Contracts.Sweeps;
using Ptune.Grains.Graphs;
using Ptune.Grains.Shell;

namespace Ptune.Grains.Sweeps;

/// <summary>What those who want the sweep say.</summary>
internal static partial class SweepMachine
{
    /// <summary>Starts the sweep, joins it, or goes on with the failed part of a failed or cancelled one.</summary>
    public static Decision<SweepState, SweepView?> Submit(SweepState? state, SweepSubmission submission, SweepPlans plans, DateTimeOffset now)
    {
        if (state is null)
        {
            var first = First(submission, plans, now);
            return Changed(first, Advance(first with { Outbox = first.Outbox.With(GraphEffects.Row) }, plans, now), now);
        }
        var known = submission.Submitter is { } name && !state.Submitters.Contains(name) ? state with { Submitters = [.. state.Submitters, name] } : state;
        return state.Status switch
        {
            JobStatus.Running => Changed(state, known, now),
            JobStatus.Succeeded => Changed(state, Repeat(known, now), now),
            _ => Changed(state, Resume(known with { Spec = submission.Spec, Resolved = submission.Resolved, Estimates = submission.Estimates ?? known.Estimates, Later = submission.Later ?? known.Later }, plans, now), now),
        };
    }

    /// <summary>Tries again what failed or was cancelled, for whoever asked for it; also of a sweep that succeeded without it.</summary>
    public static Decision<SweepState, SweepView?> Retry(SweepState? state, SweepPlans? plans, DateTimeOffset now) => state switch
    {
        null => new(null, null),
        { Status: JobStatus.Failed or JobStatus.Cancelled or JobStatus.Cancelling } => Changed(state, Resume(state, plans!, now), now),
        { Status: JobStatus.Succeeded } when new SweepStandings(state).Failures() is not null => Changed(state, Resume(state, plans!, now), now),
        _ => new(state, View(state)),
    };

    /// <summary>Withdraws from every job that is not final; the sweep ends when they have stopped, or go on for others.</summary>
    public static Decision<SweepState, SweepView?> Cancel(SweepState? state, SweepPlans? plans, DateTimeOffset now)
    {
        if (state is null) return new(null, null);
        if (state.Status != JobStatus.Running) return new(state, View(state));

        var next = state with { Status = JobStatus.Cancelling, Outbox = state.Outbox.With(GraphEffects.Row) };
        return Changed(state, Advance(next.With(next.Graph.Ask(next.Graph.InFlight())), plans!, now), now);
    }

    private static SweepState First(SweepSubmission submission, SweepPlans plans, DateTimeOffset now) => new()
    {
        SweepId = plans.SweepId,
        Tenant = submission.Tenant,
        Spec = submission.Spec,
        Resolved = submission.Resolved,
        Nonce = submission.Nonce,
        Estimates = submission.Estimates,
        Later = submission.Later,
        Status = JobStatus.Running,
        Version = 0,
        Created = now,
        Updated = now,
        Submitted = now,
        Submitters = submission.Submitter is { } name ? [name] : [],
    };

    /// <summary>Everything stands in the store: nothing is computed, and the counts say so.</summary>
    private static SweepState Repeat(SweepState state, DateTimeOffset now) =>
        state with { Submitted = now, Ended = now, Cells = [.. state.Cells.Select(c => c with { IsReused = true })] };

    private static SweepState Resume(SweepState state, SweepPlans plans, DateTimeOffset now)
    {
        var isLeaving = state.Status == JobStatus.Cancelling;
        var next = state with { Status = JobStatus.Running, Submitted = now, Ended = null, Message = null, Outbox = state.Outbox.With(GraphEffects.Row) };
        return Advance(Replan(next.With(next.Graph.Again(isLeaving)), plans), plans, now);
    }
}
