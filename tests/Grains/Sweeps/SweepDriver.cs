using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Sweeps;
using Ptune.Grains.Graphs;
using Ptune.Grains.Shell;
using Ptune.Grains.Sweeps;

namespace Ptune.Grains.Tests.Sweeps;

/// <summary>A sweep's state, commands on it, and jobs that do as the test says.</summary>
internal sealed class SweepDriver
{
    private readonly HashSet<long> _done = [];
    private readonly Dictionary<string, JobView> _jobs = [];
    private readonly SweepPlans _plans;

    public SweepDriver(SweepSpec? spec = null)
    {
        Submission = new SweepSubmission("default", spec ?? Sample.Sweep(), [], null);
        _plans = new SweepPlans(Submission);
    }

    public SweepSubmission Submission { get; }

    public SweepState? State { get; private set; }

    public SweepView View => SweepMachine.View(State!);

    public DateTimeOffset Now { get; set; } = Sample.Noon;

    /// <summary>Keys of the jobs in the order of their submits.</summary>
    public List<string> Submitted { get; } = [];

    public string Asker => Askers.Sweep(_plans.SweepId);

    public IEnumerable<string> InFlight => State!.Cells.Where(c => c.IsInFlight).Select(c => c.Key);

    public string Id(string key) => State!.Cells.First(c => c.Key == key).JobId;

    public SweepView Submit() => Take(SweepMachine.Submit(State, Submission, _plans, Now))!;

    public SweepView? Cancel() => Take(SweepMachine.Cancel(State, _plans, Now));

    public SweepView? Retry() => Take(SweepMachine.Retry(State, _plans, Now));

    /// <summary>The job says this to everyone; the sweep hears it.</summary>
    public void Says(string key, JobStatus status, double? figure = null, string? message = null, params string[] askers)
    {
        Set(key, status, figure, message, askers);
        Take(SweepMachine.Apply(State, _plans, new JobReport(Id(key), _jobs[Id(key)], IsAnswer: false), Now));
    }

    public void Set(string key, JobStatus status, double? figure = null, string? message = null, params string[] askers) =>
        _jobs[Id(key)] = Job(Id(key), status, figure, askers.Length > 0 ? askers : [Asker]) with { Message = message };

    /// <summary>Performs the effects on jobs: a submitted one is queued, or answers what it already is; a cancelled one is cancelled at once or later.</summary>
    public void Perform(JobStatus onCancel = JobStatus.Cancelled)
    {
        while (State!.Outbox.Pending.FirstOrDefault(e => e.Kind == GraphEffects.Job && !_done.Contains(e.Number)) is { } effect)
        {
            _done.Add(effect.Number);
            var isSubmit = State.Status == JobStatus.Running;
            var known = _jobs.GetValueOrDefault(effect.Target);
            if (isSubmit) Submitted.Add(State.Cells.First(c => c.JobId == effect.Target).Key);
            var next = isSubmit
                ? known is { Status: JobStatus.Succeeded } ? known : Job(effect.Target, JobStatus.Queued, null, [Asker])
                : known! with { Status = onCancel };
            _jobs[effect.Target] = next;
            Take(SweepMachine.Apply(State, _plans, new JobReport(effect.Target, next, isSubmit), Now));
        }
    }

    public void Sweep() => Take(SweepMachine.Sweep(
        State, _plans, State!.Cells.Where(c => c.IsInFlight && c.IsAnswered).ToDictionary(c => c.JobId, c => _jobs.GetValueOrDefault(c.JobId)), Now));

    /// <summary>Performs and succeeds until nothing is in flight; <paramref name="figure"/> says what each trial's last job measures, null fails its training.</summary>
    public void RunAll(Func<SweepTrialState, double?>? figure = null)
    {
        Perform();
        while (InFlight.FirstOrDefault() is { } key)
        {
            var trial = State!.Trials.FirstOrDefault(t => t.Rungs[^1].Jobs.Contains(Id(key)) && key != SweepPlanner.SourceKey);
            double? value = trial is null ? 0 : figure is null ? trial.Values.Values.First().Number : figure(trial);
            if (value is null) Says(key, JobStatus.Failed, null, "no luck");
            else Says(key, JobStatus.Succeeded, trial?.Rungs[^1].Jobs[^1] == Id(key) ? value : null);
            Perform();
        }
    }

    private JobView Job(string id, JobStatus status, double? figure, string[] askers) => new()
    {
        JobId = id,
        Kind = "x",
        Name = id,
        Status = status,
        Version = 1,
        Epoch = 1,
        Spec = Sample.Job(),
        Pool = "default",
        Priority = 100,
        Askers = askers,
        Result = status == JobStatus.Succeeded ? Sample.Result(id, metrics: figure is { } f ? new() { ["n"] = 6000, [SweepMeasure.Of(Submission.Spec).Metric] = f } : []) : null,
        Created = Now,
        Ended = status.IsFinal ? Now : null,
        Timeline = [],
    };

    private SweepView? Take(Decision<SweepState, SweepView?> decision)
    {
        State = decision.State;
        return decision.Answer;
    }
}
