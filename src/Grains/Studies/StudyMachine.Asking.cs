using Ptune.Contracts.Jobs;
using Ptune.Contracts.Studies;
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
        return state.Status switch
        {
            JobStatus.Running => new(state, View(state)),
            JobStatus.Succeeded => Changed(state, Repeat(state, now), now),
            _ => Changed(state, Resume(state, submission, plan, now), now),
        };
    }

    /// <summary>Withdraws from every job that is not final; the study ends when they have stopped, or go on for others.</summary>
    public static Decision<StudyState, StudyView?> Cancel(StudyState? state, DateTimeOffset now)
    {
        if (state is null) return new(null, null);
        if (state.Status != JobStatus.Running) return new(state, View(state));

        var inFlight = state.Cells.Where(c => c.IsInFlight).Select(c => c.JobId).ToHashSet();
        var next = Ask(state with { Status = JobStatus.Cancelling, Outbox = state.Outbox.With(StudyEffects.Row) }, inFlight);
        return Changed(state, Advance(next, now), now);
    }

    private static StudyState First(StudySubmission submission, StudyPlan plan, DateTimeOffset now) => new()
    {
        StudyId = plan.StudyId,
        Tenant = submission.Tenant,
        Spec = submission.Spec,
        Resolved = submission.Resolved,
        Nonce = submission.Nonce,
        Status = JobStatus.Running,
        Version = 0,
        Cells = [.. plan.Jobs.Select(Cell)],
        Created = now,
        Updated = now,
        Submitted = now,
    };

    private static StudyCellState Cell(PlannedJob job) =>
        new() { Key = job.Key, JobId = job.JobId, Name = job.Name, DependsOn = job.DependsOn, Alias = job.Alias };

    /// <summary>Everything stands in the store: nothing is computed, and the counts say so.</summary>
    private static StudyState Repeat(StudyState state, DateTimeOffset now)
    {
        var next = state with { Submitted = now, Ended = now, Cells = [.. state.Cells.Select(c => c with { IsReused = true })] };
        return next with { Result = next.Result! with { Jobs = next.Counts(), Seconds = 0 } };
    }

    private static StudyState Resume(StudyState state, StudySubmission submission, StudyPlan plan, DateTimeOffset now)
    {
        var isLeaving = state.Status == JobStatus.Cancelling;
        var next = Replan(state, plan) with
        {
            Spec = submission.Spec,
            Resolved = submission.Resolved,
            Status = JobStatus.Running,
            Submitted = now,
            Ended = null,
            Message = null,
            Outbox = state.Outbox.With(StudyEffects.Row),
        };
        var leaving = next.Cells.Where(c => isLeaving && c.IsInFlight).Select(c => c.JobId).ToHashSet();
        return Advance(Ask(next with { Cells = [.. next.Cells.Select(Again)] }, leaving), now);
    }

    private static StudyCellState Again(StudyCellState cell) => cell switch
    {
        { Status: JobStatus.Succeeded } => cell with { IsReused = true },
        { IsInFlight: true } => cell,
        _ => cell with { Status = null, IsAsked = false, IsAnswered = false, Message = null },
    };

    /// <summary>The cells of this plan, with what is known of their jobs: another version of the code may plan other jobs.</summary>
    private static StudyState Replan(StudyState state, StudyPlan plan)
    {
        if (plan.Jobs.Select(j => (j.Key, j.JobId)).SequenceEqual(state.Cells.Select(c => (c.Key, c.JobId)))) return state;
        var known = state.Cells.ToLookup(c => c.JobId);
        return state with
        {
            Cells =
            [
                .. plan.Jobs.Select(job => known[job.JobId].FirstOrDefault() is { } old
                    ? old with { Key = job.Key, Name = job.Name, DependsOn = job.DependsOn, Alias = job.Alias }
                    : Cell(job)),
            ],
        };
    }
}
