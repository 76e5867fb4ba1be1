using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;
using Ptune.Contracts.Sweeps;

namespace Ptune.Cli.FakeSilo;

/// <summary>A sweep with made-up figures, for looking at tables and reports: the later a trial, the better, and the first one has failed.</summary>
public static class FabricatedSweep
{
    private static readonly DateTimeOffset Created = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static SweepPlan Plan(SweepSpec spec) => new SweepPlanner("default", spec, new Dictionary<string, string>()).Plan();

    public static SweepView View(SweepSpec spec, JobStatus status)
    {
        var plan = Plan(spec);
        var view = new SweepView
        {
            SweepId = plan.SweepId,
            Name = spec.Name,
            Status = status,
            Version = 1,
            Spec = spec,
            Trials = [.. Enumerable.Range(1, SweepTrials.Count(spec)).Select(number => Trial(spec, plan, number, status))],
            Cells = [.. plan.Jobs.Select(j => new StudyCell(j.Key, j.JobId, j.Name, j.DependsOn, status == JobStatus.Succeeded ? JobStatus.Succeeded : JobStatus.Queued, Reused: false))],
            Total = SweepTrials.Count(spec),
            Best = status == JobStatus.Succeeded ? SweepTrials.Count(spec) : null,
            Message = status == JobStatus.Succeeded ? "trial 1 failed (tune trial 1): the loss is not a number" : null,
            Created = Created,
            Ended = status.IsFinal ? Created.AddMinutes(1) : null,
        };
        return status != JobStatus.Succeeded ? view : view with
        {
            Result = new SweepResult
            {
                Sweep = spec.Name,
                SweepId = plan.SweepId,
                Method = spec.Method,
                Objective = SweepMeasure.Of(spec).Metric,
                EvaluatedOn = "validation",
                N = 6000,
                Best = view.Best!.Value,
                Trials = view.Trials,
                Jobs = new JobCounts(plan.Jobs.Length, 0),
                Epochs = 2 * (view.Total - 1),
                Seconds = 61.5,
            },
        };
    }

    private static SweepTrial Trial(SweepSpec spec, SweepPlan plan, int number, JobStatus status)
    {
        var values = SweepTrials.Values(spec, number);
        var epochs = SweepTrials.Rungs(spec, values)[0];
        string[] jobs = [.. plan.Jobs.Where(j => j.Key.StartsWith($"trial/{number}/", StringComparison.Ordinal)).Select(j => j.JobId)];
        var (reached, objective) = status != JobStatus.Succeeded ? (JobStatus.Running, (double?)null) : number == 1 ? (JobStatus.Failed, null) : (JobStatus.Succeeded, 0.5 + (number * 0.05));
        var message = reached == JobStatus.Failed ? "failed (tune trial 1): the loss is not a number" : null;
        return new SweepTrial(number, values, reached, objective is null ? 0 : epochs, objective, message, [new SweepRung(epochs, reached, objective, jobs)]);
    }
}
