using Ptune.Contracts.Jobs;
using Ptune.Contracts.Studies;
using Ptune.Grains.Graphs;
using Ptune.Grains.Shell;

namespace Ptune.Grains.Studies;

/// <summary>What the jobs report.</summary>
internal static partial class StudyMachine
{
    /// <summary>A job's own report, however it arrived. It gets no answer.</summary>
    public static Decision<StudyState, StudyView?> Apply(StudyState? state, JobReport report, DateTimeOffset now)
    {
        if (state is null || state.Status.IsFinal) return new(state, null);
        var next = Update(state, report.JobId, report.View, report.IsAnswer, now);
        return ReferenceEquals(next, state) ? new(state, null) : new(next with { Version = state.Version + 1, Updated = now }, null, report.IsVolatile(state, next));
    }

    /// <summary>Looks at all jobs in flight, and at the plan, which another version of the code may make otherwise.</summary>
    public static Decision<StudyState, StudyView?> Sweep(StudyState? state, StudyPlan plan, IReadOnlyDictionary<string, JobView?> jobs, DateTimeOffset now)
    {
        if (state is null || state.Status.IsFinal) return new(state, state is null ? null : View(state));
        var next = jobs.Aggregate(state.With(state.Graph.Replan(plan.Jobs)), (s, job) => Update(s, job.Key, job.Value, isAnswer: false, now));
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

    private static StudyState Update(StudyState state, string jobId, JobView? view, bool isAnswer, DateTimeOffset now)
    {
        var next = state.With(state.Graph.Apply(jobId, view, isAnswer, state.Status == JobStatus.Cancelling));
        return ReferenceEquals(next, state) ? state : Advance(next, now);
    }
}
