using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Studies;

namespace Ptune.Cli.Runs;

/// <summary>A run at one moment: a study's cells, or the one job.</summary>
internal sealed record RunState(string Name, JobStatus Status, RunCell[] Cells)
{
    public static RunState Of(StudyView study) =>
        new(study.Name, study.Status, [.. study.Cells.Select(c => new RunCell(c.JobId, c.Name, c.Status, c.Reused, null))]);

    public static RunState Of(JobView job)
    {
        var name = job.Name.Length > 0 ? job.Name : job.JobId;
        return new RunState(name, job.Status, [new RunCell(job.JobId, name, job.Status, Reused: false, job.Progress)]);
    }

    /// <summary>The same with what the cells in work reported.</summary>
    public RunState With(IEnumerable<StudyProgress> reports)
    {
        var byJob = reports.ToDictionary(r => r.JobId);
        return this with
        {
            Cells = [.. Cells.Select(c => byJob.TryGetValue(c.JobId, out var r) && c.Status is not { IsFinal: true } ? c with { Status = r.Status, Progress = r.Progress } : c)],
        };
    }
}
