using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Studies;
using Ptune.Contracts.Sweeps;

namespace Ptune.Cli.Runs;

/// <summary>A run at one moment: the jobs of a study or sweep, or the one job.</summary>
/// <param name="Expected">How many jobs there are to be, as far as that is known: a sweep begins its trials one after the other.</param>
internal sealed record RunState(string Name, JobStatus Status, RunCell[] Cells, int Expected)
{
    public static RunState Of(IGraphView graph)
    {
        RunCell[] cells = [.. graph.Cells.Select(c => new RunCell(c.JobId, c.Name, c.Status, c.Reused, null))];
        var expected = graph is SweepView { Trials: [{ Rungs: [var rung, ..] }, ..] } sweep ? sweep.Total * rung.Jobs.Length : 0;
        return new RunState(graph.Name, graph.Status, cells, Math.Max(expected, cells.Length));
    }

    public static RunState Of(JobView job)
    {
        var name = job.Name.Length > 0 ? job.Name : job.JobId;
        return new RunState(name, job.Status, [new RunCell(job.JobId, name, job.Status, Reused: false, job.Progress)], 1);
    }

    /// <summary>The same with what the cells in work reported. A job that a study asks for in two places is reported for each of them.</summary>
    public RunState With(IEnumerable<StudyProgress> reports)
    {
        var byJob = reports.DistinctBy(r => r.JobId).ToDictionary(r => r.JobId);
        return this with
        {
            Cells = [.. Cells.Select(c => byJob.TryGetValue(c.JobId, out var r) && c.Status is not { IsFinal: true } ? c with { Status = r.Status, Progress = r.Progress } : c)],
        };
    }

    /// <summary>The same with what the cells in work had reported before, until they report again.</summary>
    public RunState Keeping(RunState before)
    {
        var byJob = before.Cells.Where(c => c.Progress is not null).DistinctBy(c => c.JobId).ToDictionary(c => c.JobId, c => c.Progress);
        return this with { Cells = [.. Cells.Select(c => c.InWork && byJob.TryGetValue(c.JobId, out var progress) ? c with { Progress = progress } : c)] };
    }
}
