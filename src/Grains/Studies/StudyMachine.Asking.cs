using Ptune.Contracts.Jobs;
using Ptune.Contracts.Studies;
using Ptune.Grains.Graphs;
using Ptune.Grains.Shell;

namespace Ptune.Grains.Studies;

/// <summary>What those who want the study say.</summary>
internal static partial class StudyMachine
{
    /// <summary>Starts the study, joins it, or goes on with a failed or cancelled one.</summary>
    public static Decision<StudyState, StudyView?> Submit(StudyState? state, StudySubmission submission, StudyPlan plan, DateTimeOffset now)
    {
        if (state is null)
        {
            var first = First(submission, plan, now);
            return Changed(first, Advance(first with { Outbox = first.Outbox.With(StudyEffects.Row) }, now), now);
        }
        var known = submission.Submitter is { } name && !state.Submitters.Contains(name) ? state with { Submitters = [.. state.Submitters, name] } : state;
        return state.Status switch
        {
            JobStatus.Running => Changed(state, known, now),
            JobStatus.Succeeded => Changed(state, Repeat(known, now), now),
            _ => Changed(state, Resume(known, submission, plan, now), now),
        };
    }

    /// <summary>Goes on with a failed or cancelled study for whoever asked for it, also before its cancellation has come to its end.</summary>
    public static Decision<StudyState, StudyView?> Retry(StudyState? state, StudyPlan? plan, DateTimeOffset now) => state switch
    {
        null => new(null, null),
        { Status: JobStatus.Failed or JobStatus.Cancelled or JobStatus.Cancelling } => Changed(state, Resume(state, state.Submission, plan!, now), now),
        _ => new(state, View(state)),
    };

    /// <summary>Withdraws from every job that is not final; the study ends when they have stopped, or go on for others.</summary>
    public static Decision<StudyState, StudyView?> Cancel(StudyState? state, DateTimeOffset now)
    {
        if (state is null) return new(null, null);
        if (state.Status != JobStatus.Running) return new(state, View(state));

        var next = state with { Status = JobStatus.Cancelling, Outbox = state.Outbox.With(StudyEffects.Row) };
        return Changed(state, Advance(next.With(next.Graph.Ask(next.Graph.InFlight())), now), now);
    }

    private static StudyState First(StudySubmission submission, StudyPlan plan, DateTimeOffset now) => new()
    {
        StudyId = plan.StudyId,
        Tenant = submission.Tenant,
        Spec = submission.Spec,
        Resolved = submission.Resolved,
        Nonce = submission.Nonce,
        Estimates = submission.Estimates,
        Status = JobStatus.Running,
        Version = 0,
        Cells = [.. plan.Jobs.Select(JobGraph.Cell)],
        Created = now,
        Updated = now,
        Submitted = now,
        Submitters = submission.Submitter is { } name ? [name] : [],
    };

    /// <summary>Everything stands in the store: nothing is computed, and the counts say so.</summary>
    private static StudyState Repeat(StudyState state, DateTimeOffset now)
    {
        var next = state with { Submitted = now, Ended = now, Cells = [.. state.Cells.Select(c => c with { IsReused = true })] };
        return next with { Result = next.Result! with { Jobs = next.Counts(), Seconds = 0 } };
    }

    private static StudyState Resume(StudyState state, StudySubmission submission, StudyPlan plan, DateTimeOffset now)
    {
        var isLeaving = state.Status == JobStatus.Cancelling;
        var next = state.With(state.Graph.Replan(plan.Jobs)) with
        {
            Spec = submission.Spec,
            Resolved = submission.Resolved,
            Estimates = submission.Estimates ?? state.Estimates,
            Status = JobStatus.Running,
            Submitted = now,
            Ended = null,
            Message = null,
            Outbox = state.Outbox.With(StudyEffects.Row),
        };
        return Advance(next.With(next.Graph.Again(isLeaving)), now);
    }
}
