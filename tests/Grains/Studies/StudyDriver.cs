using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;
using Ptune.Grains.Graphs;
using Ptune.Grains.Shell;
using Ptune.Grains.Studies;

namespace Ptune.Grains.Tests.Studies;

/// <summary>A study's state, commands on it, and jobs that do as the test says.</summary>
internal sealed class StudyDriver
{
    private readonly HashSet<long> _done = [];
    private readonly Dictionary<string, JobView> _jobs = [];

    public StudyDriver(IStudySpec? spec = null)
    {
        Submission = new StudySubmission("default", spec ?? Sample.Study(), [], null);
        Plan = StudyPlans.Of("default", Submission.Spec, Submission.Resolved);
    }

    public StudySubmission Submission { get; }

    /// <summary>The spec of a study of image classifiers.</summary>
    public TransferStudySpec Images => (TransferStudySpec)Submission.Spec;

    public StudyPlan Plan { get; }

    public StudyState? State { get; private set; }

    public DateTimeOffset Now { get; set; } = Sample.Noon;

    public List<string> Submitted { get; } = [];

    public string Asker => Askers.Study(Plan.StudyId);

    public string Id(string key) => Plan.Jobs.First(j => j.Key == key).JobId;

    public string Key(string id) => Plan.Jobs.First(j => j.JobId == id).Key;

    public StudyCellState Cell(string key) => State!.Cells.First(c => c.Key == key);

    public IEnumerable<string> InFlight => State!.Cells.Where(c => c.IsInFlight).Select(c => c.Key);

    public StudyView Submit() => Take(StudyMachine.Submit(State, Submission, Plan, Now))!;

    public StudyView? Cancel() => Take(StudyMachine.Cancel(State, Now));

    public StudyView? Retry() => Take(StudyMachine.Retry(State, Plan, Now));

    /// <summary>The job says this to everyone; the study hears it.</summary>
    public void Says(string key, JobStatus status, string? message = null, params string[] askers)
    {
        Set(key, status, message, askers);
        Take(StudyMachine.Apply(State, new JobReport(Id(key), _jobs[Id(key)], IsAnswer: false), Now));
    }

    public void Set(string key, JobStatus status, string? message = null, params string[] askers) =>
        _jobs[Id(key)] = View(key, status, askers.Length > 0 ? askers : [Asker]) with { Message = message };

    /// <summary>Performs the effects on jobs: a submitted one is queued, or answers what it already is; a cancelled one is cancelled at once or later.</summary>
    public void Perform(JobStatus onCancel = JobStatus.Cancelled)
    {
        while (State!.Outbox.Pending.FirstOrDefault(e => e.Kind == StudyEffects.Job && !_done.Contains(e.Number)) is { } effect)
        {
            _done.Add(effect.Number);
            var isSubmit = State.Status == JobStatus.Running;
            var known = _jobs.GetValueOrDefault(effect.Target);
            if (isSubmit) Submitted.Add(Key(effect.Target));
            var next = isSubmit
                ? known is { Status: JobStatus.Succeeded } ? known : View(Key(effect.Target), JobStatus.Queued, [Asker])
                : known! with { Status = onCancel };
            _jobs[effect.Target] = next;
            Take(StudyMachine.Apply(State, new JobReport(effect.Target, next, isSubmit), Now));
        }
    }

    public void Sweep() => Take(StudyMachine.Sweep(
        State, Plan, State!.Cells.Where(c => c.IsInFlight && c.IsAnswered).ToDictionary(c => c.JobId, c => _jobs.GetValueOrDefault(c.JobId)), Now));

    public void Forget(string key) => _jobs.Remove(Id(key));

    public StudyView? Finish(StudyResult? result, string? problem = null) => Take(StudyMachine.Finish(State, result, problem, Now));

    public bool Owes(string kind) => State!.Outbox.Has(kind);

    /// <summary>Performs and succeeds until nothing is in flight.</summary>
    public void RunAll()
    {
        Perform();
        while (InFlight.ToArray() is { Length: > 0 } keys)
        {
            foreach (var key in keys) Says(key, JobStatus.Succeeded);
            Perform();
        }
    }

    private JobView View(string key, JobStatus status, string[] askers) => new()
    {
        JobId = Id(key),
        Kind = "x",
        Name = key,
        Status = status,
        Version = 1,
        Epoch = 1,
        Spec = Plan.Jobs.First(j => j.Key == key).Spec,
        Pool = "default",
        Priority = 100,
        Askers = askers,
        Created = Now,
        Ended = status.IsFinal ? Now : null,
        Timeline = [],
    };

    private StudyView? Take(Decision<StudyState, StudyView?> decision)
    {
        State = decision.State;
        return decision.Answer;
    }
}
