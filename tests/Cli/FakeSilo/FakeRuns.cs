using System.Collections.Concurrent;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Pools;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Contracts.Stores;
using Ptune.Contracts.Studies;
using Ptune.Contracts.Sweeps;

namespace Ptune.Cli.FakeSilo;

/// <summary>Jobs and studies that go their way without anything being computed.</summary>
/// <param name="scenario">How they go.</param>
/// <param name="store">A folder that keeps the studies over a restart; null: they are kept nowhere.</param>
public sealed class FakeRuns(Scenario scenario, string? store)
{
    public const string JobId = "default.0123456789abcdef0123456789abcdef";
    public const string WaitingId = "default.fedcba9876543210fedcba9876543210";
    public static readonly DateTimeOffset Then = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private readonly ConcurrentDictionary<string, IStudySpec> _studies = [];
    private readonly ConcurrentDictionary<string, SweepSpec> _sweeps = [];
    private readonly ConcurrentDictionary<string, JobView> _jobs = new()
    {
        [JobId] = FabricatedStudy.Job(JobId, Name(scenario, "pretrain-vit")!, Pretraining(), "Pretraining", message: Name(scenario, null)),
        [WaitingId] = FabricatedStudy.Job(WaitingId, Name(scenario, "waiting")!, new NoOpSpec(), "NoOp", JobStatus.Queued),
    };
    private static readonly WaitView Wait = new(WaitingId, "default", 3, 17, WaitRule.Needs, "it needs cuda, and w has cpu", null, 0);
    private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _streams;

    /// <summary>Colours text, goes back to the line's beginning, begins another line and turns what follows round.</summary>
    public const string Hostile = "red\u001b[31m\r\ntwo\u009b1m\u202Eturned";

    /// <summary>Language models, and what is done with them.</summary>
    public FakeModels Models { get; } = new();

    public TaskCompletionSource Followed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static PretrainingSpec Pretraining()
    {
        var file = new DataFile { Path = "images", Sha256 = new('d', 64) };
        var dataset = new ImageDatasetSpec { Name = "tiny", Location = "/data", Labels = ["even", "odd"], Files = new IdxFiles { TrainImages = file, TrainLabels = file, TestImages = file, TestLabels = file } };
        return new PretrainingSpec { Name = "pretrain-vit", Data = new DataSpec { Dataset = dataset, Split = Split.Pretraining }, Architecture = new VitSpec(), Recipe = new TrainingRecipe() };
    }

    public void Map(WebApplication app)
    {
        app.MapPost(Routes.Plan, (Delegate)((HttpContext http) => WithSpecAsync(http, Plan)));
        app.MapPost(Routes.Studies, (Delegate)((HttpContext http) => WithSpecAsync(http, spec => Results.Accepted(null, Submit((IStudySpec)spec)))));
        app.MapPost(Routes.Sweeps, (Delegate)((HttpContext http) => WithSpecAsync(http, spec => Results.Accepted(null, Submit((SweepSpec)spec)))));
        app.MapGet(Routes.Sweeps, (HttpContext http) => FakePages.Of(http, _sweeps.Select(s => Row(s.Key, "Sweep", s.Value.Name)), r => r.JobId, "status", "name"));
        app.MapGet(Routes.Sweep, (string id) => Find(_sweeps, id) is { } key ? Results.Ok(FabricatedSweep.View(_sweeps[key], JobStatus.Succeeded)) : Missing("sweep", id));
        app.MapGet(Routes.SweepEvents, (string id) => TypedResults.ServerSentEvents(SweepAsync(_sweeps[Find(_sweeps, id)!])));
        app.MapPost(Routes.SweepCancel, (string id) => FabricatedSweep.View(_sweeps[Find(_sweeps, id)!], JobStatus.Cancelling));
        app.MapPost(Routes.SweepRetry, (string id) => FabricatedSweep.View(_sweeps[Find(_sweeps, id)!], JobStatus.Running));
        app.MapPost(Routes.Jobs, (Delegate)((HttpContext http) => WithSpecAsync(http, spec => Results.Accepted(null, Submit((JobSpec)spec)))));
        app.MapGet(Routes.Studies, (HttpContext http) => FakePages.Of(http, _studies.Select(s => Row(s.Key, "TransferStudy", s.Value.Name)), r => r.JobId, "status", "name"));
        app.MapGet(Routes.Jobs, (HttpContext http, string? kind, string? status) => FakePages.Of(
            http,
            _jobs.Values.Where(j => (kind is null || j.Kind == kind) && (status is null || status.Equals(j.Status.ToString(), StringComparison.OrdinalIgnoreCase)))
                .Select(j => Row(j.JobId, j.Kind, j.Name) with { Status = j.Status }).Concat(scenario == Scenario.Many ? FakePages.Rows() : []),
            r => r.JobId, "kind", "status", "pool", "name"));
        app.MapGet(Routes.Waits, () => new[] { Wait });
        app.MapGet(Routes.JobWait, (string id) => id == WaitingId ? Results.Ok(Wait) : Results.Problem("It waits for no worker.", statusCode: 409));
        app.MapGet(Routes.Study, (string id) => Find(_studies, id) is { } key ? Results.Ok(Final(_studies[key])) : Missing("study", id));
        app.MapGet(Routes.Job, (string id) => Find(_jobs, id) is { } key ? Results.Ok(_jobs[key]) : Missing("job", id));
        app.MapGet(Routes.StudyEvents, (string id, CancellationToken cancellation) => TypedResults.ServerSentEvents(StudyAsync(_studies[Find(_studies, id)!], cancellation)));
        app.MapGet(Routes.JobEvents, (string id, CancellationToken cancellation) => TypedResults.ServerSentEvents(JobAsync(_jobs[Find(_jobs, id)!], cancellation), "job"));
        app.MapGet(Routes.JobLogs, (long? attempt, bool? follow, HttpContext http) => LogAsync(http, $"attempt {attempt ?? 1}{(follow == true ? ", followed" : "")}\nstep 1 of 2\n", follow == true));
        app.MapPost(Routes.StudyCancel, (string id) => { _cancelled.TrySetResult(); return View(_studies[Find(_studies, id)!], JobStatus.Cancelling); });
        app.MapPost(Routes.JobSuspend, (string id) => Held(id, JobStatus.Suspending));
        app.MapPost(Routes.JobResume, (string id) => Held(id, JobStatus.Queued));
        app.MapPost(Routes.JobRetry, (string id) => Held(id, JobStatus.Queued));
        app.MapPost(Routes.JobCancel, (string id) => { _cancelled.TrySetResult(); return _jobs[Find(_jobs, id)!] with { Status = JobStatus.Cancelling }; });
    }

    /// <summary>Takes up what another server left in the store.</summary>
    public async Task TakeUpAsync()
    {
        if (store is null) return;
        foreach (var file in Directory.GetFiles(store, "study-*.yaml")) Submit((IStudySpec)SpecReader.Read(await File.ReadAllTextAsync(file)).Spec!);
    }

    private async Task LogAsync(HttpContext http, string text, bool follow)
    {
        await http.Response.WriteAsync(text);
        await http.Response.Body.FlushAsync();
        if (!follow || scenario != Scenario.Hold) return;
        Followed.TrySetResult();
        await _cancelled.Task.WaitAsync(http.RequestAborted);
    }

    private async Task<IResult> WithSpecAsync(HttpContext http, Func<Spec, IResult> take)
    {
        using var reader = new StreamReader(http.Request.Body);
        var text = await reader.ReadToEndAsync();
        var reading = SpecReader.Read(text);
        if (store is not null && reading.Spec is IStudySpec study && http.Request.Path == Routes.Studies) await File.WriteAllTextAsync(Path.Combine(store, $"study-{study.Name}.yaml"), text);
        if (scenario != Scenario.Refuse && reading.Spec is { } spec) return take(spec);
        var problems = reading.Spec is null ? reading.Problems : [reading.Positions.Problem(reading.Spec is LanguageStudySpec ? "datasets.speeches.location" : "dataset.location", "There is no such folder on the server.", "Name one that is there.")];
        return Results.Problem("The spec is refused.", statusCode: 422, extensions: new Dictionary<string, object?> { [Routes.SpecErrors] = problems });
    }

    private IResult Plan(Spec spec)
    {
        if (spec is SweepSpec sweep && FabricatedSweep.Plan(sweep) is var plan)
            return Results.Ok(new PlanView(plan.SweepId, spec, [.. plan.Jobs.Select(j => new PlanRow(j.Key, j.JobId, Kind(j.Spec), j.Name, j.DependsOn, null))]));
        if (spec is not IStudySpec study) return Results.Ok(new PlanView(JobId, spec, [new PlanRow("", JobId, "Pretraining", spec.Name, [], null)]));
        var view = View(study, JobStatus.Running);
        return Results.Ok(new PlanView(view.StudyId, spec, [.. view.Cells.Select(c => new PlanRow(c.Key, c.JobId, "Scoring", c.Name, c.DependsOn, c.Key.StartsWith("pretraining/", StringComparison.Ordinal) ? JobStatus.Succeeded : null))]));
    }

    private StudyView Submit(IStudySpec spec)
    {
        var plan = StudyPlans.Of("default", spec, StudyPlans.Aliases(spec).ToDictionary(a => a, _ => "sha256:" + new string('e', 64)));
        _studies[plan.StudyId] = spec;
        foreach (var job in plan.Jobs) _jobs[job.JobId] = FabricatedStudy.Job(job.JobId, job.Name, job.Spec, Kind(job.Spec), Fails(job.Key) ? JobStatus.Failed : JobStatus.Succeeded, Fails(job.Key) ? "the loss is not a number" : null);
        return View(spec, JobStatus.Running);
    }

    private SweepView Submit(SweepSpec spec)
    {
        var plan = FabricatedSweep.Plan(spec);
        _sweeps[plan.SweepId] = spec;
        foreach (var job in plan.Jobs) _jobs[job.JobId] = FabricatedStudy.Job(job.JobId, job.Name, job.Spec, Kind(job.Spec));
        return FabricatedSweep.View(spec, JobStatus.Running);
    }

    private static async IAsyncEnumerable<SseItem<object>> SweepAsync(SweepSpec spec)
    {
        await Task.Yield();
        yield return new SseItem<object>(FabricatedSweep.View(spec, JobStatus.Running), "sweep");
        yield return new SseItem<object>(FabricatedSweep.View(spec, JobStatus.Succeeded), "sweep");
    }

    private JobView Submit(JobSpec spec)
    {
        var job = FabricatedStudy.Job(JobId, spec.Name, spec, Kind(spec), scenario == Scenario.Fail ? JobStatus.Failed : JobStatus.Succeeded, scenario == Scenario.Fail ? "the loss is not a number" : null);
        _jobs[JobId] = job;
        Models.Take(spec);
        return job with { Status = JobStatus.Queued, Result = null, Progress = null };
    }

    private async IAsyncEnumerable<SseItem<object>> StudyAsync(IStudySpec spec, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var running = View(spec, JobStatus.Running);
        yield return new SseItem<object>(running, "study");
        var first = running.Cells[1];
        yield return new SseItem<object>(new[] { new StudyProgress(first.Key, first.JobId, JobStatus.Running, new JobProgress(3, 10, 1.5, 900)) }, "progress");
        Followed.TrySetResult();
        if (scenario == Scenario.BreakOff && Interlocked.Increment(ref _streams) == 1) yield break;
        if (scenario == Scenario.Hold)
        {
            await _cancelled.Task.WaitAsync(cancellation);
            yield return new SseItem<object>(View(spec, JobStatus.Cancelled), "study");
            yield break;
        }
        yield return new SseItem<object>(Final(spec), "study");
    }

    private async IAsyncEnumerable<JobView> JobAsync(JobView job, [EnumeratorCancellation] CancellationToken cancellation)
    {
        yield return job with { Status = JobStatus.Running, Result = null };
        if (job.Spec is GenerationSpec spec)
        {
            foreach (var length in spec.Prompts is ["refused", ..] ? [] : new[] { 3, 3, 8 }) yield return FakeModels.Writing(job, FakeModels.Text(0)[..length]);
            if (spec.Prompts is { Length: > 1 }) yield return FakeModels.Answered(job, spec);
        }
        Followed.TrySetResult();
        if (scenario == Scenario.Hold)
        {
            await _cancelled.Task.WaitAsync(cancellation);
            yield return job with { Status = JobStatus.Cancelled, Result = null };
            yield break;
        }
        yield return job;
    }

    private StudyView Final(IStudySpec spec)
    {
        // The first look after a broken stream finds the study still at it.
        if (scenario == Scenario.BreakOff && _streams == 1) return View(spec, JobStatus.Running);
        if (scenario == Scenario.Hold) return View(spec, _cancelled.Task.IsCompleted ? JobStatus.Cancelled : JobStatus.Running);
        return View(spec, scenario == Scenario.Fail ? JobStatus.Failed : JobStatus.Succeeded);
    }

    private StudyView View(IStudySpec spec, JobStatus status)
    {
        JobStatus? Cell(PlannedJob job) => status switch
        {
            JobStatus.Succeeded => JobStatus.Succeeded,
            JobStatus.Failed => Fails(job.Key) ? JobStatus.Failed : JobStatus.Succeeded,
            JobStatus.Running => job.Spec is PretrainingSpec ? JobStatus.Succeeded : JobStatus.Queued,
            _ => JobStatus.Cancelled,
        };
        var view = FabricatedStudy.View(spec, status, Cell, message: status == JobStatus.Failed ? "1 job failed." : null);
        return status == JobStatus.Succeeded ? view with { Result = FabricatedStudy.ResultOf(spec, view.StudyId) } : view;
    }

    private bool Fails(string key) => scenario == Scenario.Fail && key.StartsWith("reward/", StringComparison.Ordinal);

    private static string Kind(JobSpec spec) => spec.GetType().Name.Replace("Spec", "", StringComparison.Ordinal);

    private static JobRow Row(string id, string kind, string name) => new(id, JobIds.DefaultTenant, "default", kind, name, JobStatus.Succeeded, 100, Then, Then, 1);

    private static string? Find<T>(ConcurrentDictionary<string, T> known, string id) => known.Keys.FirstOrDefault(k => k == id || k["default.".Length..].StartsWith(id, StringComparison.Ordinal));

    private static string? Name(Scenario scenario, string? name) => scenario == Scenario.Hostile ? Hostile : name;

    private IResult Held(string id, JobStatus status) => Find(_jobs, id) is { } job ? Results.Ok(_jobs[job] with { Status = status }) : Missing("job", id);

    private static IResult Missing(string noun, string id) => Results.Problem($"There is no {noun} '{id}'.", statusCode: 404);
}
