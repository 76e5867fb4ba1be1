using Ptune.Contracts.Jobs;
using Ptune.Contracts.Studies;
using Ptune.Grains.Shell;

namespace Ptune.Grains.Studies;

/// <summary>What the jobs say.</summary>
internal static partial class StudyMachine
{
    /// <summary>A job's own word, however it was heard.</summary>
    /// <param name="view">Null when the job is unknown.</param>
    /// <param name="isAnswer">True when it is the answer to the study's submit.</param>
    public static Decision<StudyState, StudyView?> Hear(StudyState? state, string jobId, JobView? view, bool isAnswer, DateTimeOffset now)
    {
        if (state is null || state.Status.IsFinal) return new(state, state is null ? null : View(state));
        return Changed(state, Listen(state, jobId, view, isAnswer, now), now);
    }

    /// <summary>Looks at all jobs in flight, and at the plan, which another version of the code may make otherwise.</summary>
    public static Decision<StudyState, StudyView?> Sweep(StudyState? state, StudyPlan plan, IReadOnlyDictionary<string, JobView?> jobs, DateTimeOffset now)
    {
        if (state is null || state.Status.IsFinal) return new(state, state is null ? null : View(state));
        var next = jobs.Aggregate(Replan(state, plan), (s, job) => Listen(s, job.Key, job.Value, isAnswer: false, now));
        return Changed(state, ReferenceEquals(next, state) ? state : Advance(next, now), now);
    }

    /// <summary>The comparison of all results, or why there can be none.</summary>
    public static Decision<StudyState, StudyView?> Finish(StudyState? state, StudyResult? result, string? problem, DateTimeOffset now)
    {
        if (state is not { Status: JobStatus.Running } || state.Cells.Any(c => c.Status != JobStatus.Succeeded)) return new(state, state is null ? null : View(state));
        var next = result is null
            ? End(state, JobStatus.Failed, problem, now)
            : End(state with { Result = result with { Jobs = state.Counts(), Seconds = (now - state.Submitted).TotalSeconds } }, JobStatus.Succeeded, null, now);
        return Changed(state, next, now);
    }

    private static StudyState Listen(StudyState state, string jobId, JobView? view, bool isAnswer, DateTimeOffset now)
    {
        var cell = state.Cells.FirstOrDefault(c => c.JobId == jobId);
        if (cell is not { IsInFlight: true }) return state;
        var next = state.Status == JobStatus.Cancelling ? ListenLeaving(state, cell, view, isAnswer) : ListenRunning(state, cell, view, isAnswer);
        return ReferenceEquals(next, state) ? state : Advance(next, now);
    }

    private static StudyState ListenRunning(StudyState state, StudyCellState cell, JobView? view, bool isAnswer)
    {
        // Until it has answered the submit, a job may still show how an earlier try ended.
        if (!isAnswer && !cell.IsAnswered) return state;
        if (view is null || (!view.Status.IsFinal && !view.Askers.Contains(state.Asker))) return Ask(state, [cell.JobId]);
        if (!view.Status.IsFinal && view.Status == cell.Status && cell.IsAnswered) return state;

        var isReused = isAnswer && view.Status == JobStatus.Succeeded && view.Ended <= state.Submitted;
        var next = With(state, cell.JobId, c => c with { Status = view.Status, IsAnswered = true, IsReused = isReused, Message = view.Message });
        return view.Status != JobStatus.Succeeded ? next : next with
        {
            Outbox = next.Cells.Where(c => c.JobId == cell.JobId && c.Alias is not null).Aggregate(next.Outbox, (box, c) => box.With(StudyEffects.Alias, c.Alias!)),
        };
    }

    private static StudyState ListenLeaving(StudyState state, StudyCellState cell, JobView? view, bool isAnswer)
    {
        if (view is { Status.IsFinal: true })
            return With(state, cell.JobId, c => c with { Status = view.Status, IsAsked = false, Message = view.Message });
        if (view is null || !view.Askers.Contains(state.Asker))
            return isAnswer ? state : With(state, cell.JobId, c => c with { Status = null, IsAsked = false });
        if (isAnswer || view.Status != JobStatus.Cancelling) return Ask(state, [cell.JobId]);
        return view.Status == cell.Status ? state : With(state, cell.JobId, c => c with { Status = view.Status });
    }

    private static StudyState With(StudyState state, string jobId, Func<StudyCellState, StudyCellState> change) =>
        state with { Cells = [.. state.Cells.Select(c => c.JobId == jobId ? change(c) : c)] };
}
