using Ptune.Contracts.Jobs;
using Ptune.Contracts.Studies;
using Ptune.Grains.Shell;

namespace Ptune.Grains.Graphs;

/// <summary>
/// The jobs of a study or a sweep and what is owed to them, as pure functions: submit what is ready, hear what jobs say, withdraw from them.
/// A change makes another graph; where nothing changes, <see cref="Cells"/> and <see cref="Outbox"/> stay the same objects.
/// </summary>
/// <param name="Cells">A cell stands after those that it depends on. Cells of one job go in step.</param>
/// <param name="Asker">Who the owner is to its jobs.</param>
/// <param name="Submitted">When the owner was last submitted: what had ended by then is reused.</param>
internal readonly record struct JobGraph(StudyCellState[] Cells, Outbox Outbox, string Asker, DateTimeOffset Submitted)
{
    public bool IsInFlight => Cells.Any(c => c.IsInFlight);

    /// <summary>The job's first cell. It is another object after every change.</summary>
    public StudyCellState? Find(string jobId) => Array.Find(Cells, c => c.JobId == jobId);

    public HashSet<string> InFlight() => [.. Cells.Where(c => c.IsInFlight).Select(c => c.JobId)];

    /// <summary>Computed and reused jobs, each counted once.</summary>
    public JobCounts Counts()
    {
        var jobs = Cells.DistinctBy(c => c.JobId).ToArray();
        return new(jobs.Count(c => !c.IsReused), jobs.Count(c => c.IsReused));
    }

    /// <summary>Submits every cell whose inputs stand.</summary>
    /// <param name="isWanted">False for a cell that is of no use any more. Null: all are.</param>
    public JobGraph SubmitReady(Func<StudyCellState, bool>? isWanted = null)
    {
        var succeeded = Cells.Where(c => c.Status == JobStatus.Succeeded).Select(c => c.JobId).ToHashSet();
        var ready = Cells
            .Where(c => !c.IsAsked && c.Status is null && c.DependsOn.All(succeeded.Contains) && isWanted?.Invoke(c) != false)
            .Select(c => c.JobId)
            .ToHashSet();
        return ready.Count == 0 ? this : Ask(ready);
    }

    /// <summary>Tells these jobs what the owner wants of them now.</summary>
    public JobGraph Ask(HashSet<string> jobs)
    {
        if (jobs.Count == 0) return this;
        return this with
        {
            Cells = [.. Cells.Select(c => jobs.Contains(c.JobId) ? c with { IsAsked = true, IsAnswered = false } : c)],
            Outbox = Cells.Select(c => c.JobId).Distinct().Where(jobs.Contains).Aggregate(Outbox, (box, id) => box.With(GraphEffects.Job, id)),
        };
    }

    /// <summary>A job's own report, however it arrived.</summary>
    /// <param name="view">Null when the job is unknown.</param>
    /// <param name="isAnswer">True when it is the answer to the owner's submit.</param>
    /// <param name="isLeaving">True when the owner is being cancelled.</param>
    public JobGraph Apply(string jobId, JobView? view, bool isAnswer, bool isLeaving)
    {
        if (Find(jobId) is not { IsInFlight: true } cell) return this;
        return isLeaving ? ApplyWhileCancelling(cell, view, isAnswer) : ApplyWhileRunning(cell, view, isAnswer);
    }

    /// <summary>For another try: what succeeded is reused, what is still in flight goes on, all else begins anew.</summary>
    /// <param name="isLeaving">True when the owner was being cancelled: what is in flight has to hear that it is wanted again.</param>
    public JobGraph Again(bool isLeaving)
    {
        var leaving = isLeaving ? InFlight() : [];
        return (this with { Cells = [.. Cells.Select(Again)] }).Ask(leaving);
    }

    /// <summary>The cells of this plan, with what is known of their jobs.</summary>
    public JobGraph Replan(IReadOnlyList<PlannedJob> plan)
    {
        if (plan.Select(j => (j.Key, j.JobId)).SequenceEqual(Cells.Select(c => (c.Key, c.JobId)))) return this;
        var known = Cells.ToLookup(c => c.JobId);
        return this with
        {
            Cells =
            [
                .. plan.Select(job => known[job.JobId].FirstOrDefault() is { } old
                    ? old with { Key = job.Key, Name = job.Name, DependsOn = job.DependsOn, Alias = job.Alias }
                    : Cell(job)),
            ],
        };
    }

    public static StudyCellState Cell(PlannedJob job) =>
        new() { Key = job.Key, JobId = job.JobId, Name = job.Name, DependsOn = job.DependsOn, Alias = job.Alias };

    public static StudyCell View(StudyCellState cell) => new(cell.Key, cell.JobId, cell.Name, cell.DependsOn, cell.Status, cell.IsReused);

    private static StudyCellState Again(StudyCellState cell) => cell switch
    {
        { Status: JobStatus.Succeeded } => cell with { IsReused = true },
        { IsInFlight: true } => cell,
        _ => cell with { Status = null, IsAsked = false, IsAnswered = false, Message = null },
    };

    private JobGraph ApplyWhileRunning(StudyCellState cell, JobView? view, bool isAnswer)
    {
        // Until it has answered the submit, a job may still show how an earlier try ended.
        if (!isAnswer && !cell.IsAnswered) return this;
        if (view is null || (!view.Status.IsFinal && !view.Askers.Contains(Asker))) return Ask([cell.JobId]);
        if (!view.Status.IsFinal && view.Status == cell.Status && cell.IsAnswered) return this;

        var isReused = isAnswer && view.Status == JobStatus.Succeeded && view.Ended <= Submitted;
        var next = With(cell.JobId, c => c with { Status = view.Status, IsAnswered = true, IsReused = isReused, Message = view.Message });
        return view.Status != JobStatus.Succeeded ? next : next with
        {
            Outbox = next.Cells.Where(c => c.JobId == cell.JobId && c.Alias is not null).Aggregate(next.Outbox, (box, c) => box.With(GraphEffects.Alias, c.Alias!)),
        };
    }

    private JobGraph ApplyWhileCancelling(StudyCellState cell, JobView? view, bool isAnswer)
    {
        if (view is { Status.IsFinal: true })
            return With(cell.JobId, c => c with { Status = view.Status, IsAsked = false, Message = view.Message });
        if (view is null || !view.Askers.Contains(Asker))
            return isAnswer ? this : With(cell.JobId, c => c with { Status = null, IsAsked = false });
        if (isAnswer || view.Status != JobStatus.Cancelling) return Ask([cell.JobId]);
        // It knows that it is no longer wanted: from now on it is polled, since its last report may be lost.
        return view.Status == cell.Status && cell.IsAnswered ? this : With(cell.JobId, c => c with { Status = view.Status, IsAnswered = true });
    }

    private JobGraph With(string jobId, Func<StudyCellState, StudyCellState> change) =>
        this with { Cells = [.. Cells.Select(c => c.JobId == jobId ? change(c) : c)] };
}
