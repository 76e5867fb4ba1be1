using Ptune.Contracts.Jobs;
using Ptune.Contracts.Studies;
using Ptune.Grains.Graphs;
using Ptune.Grains.Shell;

namespace Ptune.Grains.Studies;

/// <summary>
/// A study's way through its graph, as pure functions. A cell is submitted when all that it depends on have succeeded. A failed cell stops
/// only what depends on it: the rest is finished, since it is in the store for the next try, and then the study has failed.
/// </summary>
internal static partial class StudyMachine
{
    public static StudyView View(StudyState state) => new()
    {
        StudyId = state.StudyId,
        Name = state.Spec.Name,
        Status = state.Status,
        Version = state.Version,
        Spec = state.Spec,
        Cells = [.. state.Cells.Select(JobGraph.View)],
        Result = state.Result,
        Message = state.Message,
        Created = state.Created,
        Ended = state.Ended,
        Submitters = state.Submitters,
        Resolved = state.Resolved,
    };

    /// <summary>Submits what is ready, and ends the study when there is nothing left to wait for.</summary>
    private static StudyState Advance(StudyState state, DateTimeOffset now)
    {
        if (state.Status == JobStatus.Running) state = state.With(state.Graph.SubmitReady());
        if (state.Graph.IsInFlight) return state;
        return state.Status switch
        {
            JobStatus.Cancelling => End(state, JobStatus.Cancelled, "cancelled", now),
            JobStatus.Running when state.Cells.All(c => c.Status == JobStatus.Succeeded) => state with { Outbox = state.Outbox.With(StudyEffects.Result) },
            JobStatus.Running => End(state, JobStatus.Failed, Explain(state), now),
            _ => state,
        };
    }

    private static StudyState End(StudyState state, JobStatus status, string? message, DateTimeOffset now) =>
        state with { Status = status, Message = message, Ended = now, Outbox = state.Outbox.With(StudyEffects.Row) };

    private static string Explain(StudyState state)
    {
        var failed = state.Cells.Where(c => c.Status is JobStatus.Failed or JobStatus.Cancelled).ToArray();
        var skipped = state.Cells.Count(c => c.Status is null);
        var first = $"{failed[0].Key} {(failed[0].Status == JobStatus.Failed ? "failed" : "was cancelled")}: {failed[0].Message ?? "no reason given"}";
        var others = failed.Length > 1 ? $"; {Cells(failed.Length - 1, "other ")} did not succeed" : "";
        return skipped > 0 ? $"{first}{others}; {Cells(skipped)} downstream {(skipped == 1 ? "was" : "were")} not started" : first + others;
    }

    private static string Cells(int count, string other = "") => $"{count} {other}{(count == 1 ? "cell" : "cells")}";

    /// <summary>The same object when nothing has changed, else one version on.</summary>
    private static Decision<StudyState, StudyView?> Changed(StudyState before, StudyState after, DateTimeOffset now)
    {
        if (!ReferenceEquals(before, after)) after = after with { Version = before.Version + 1, Updated = now };
        return new(after, View(after));
    }
}
