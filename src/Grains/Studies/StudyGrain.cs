using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Runtime;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Registry;
using Ptune.Contracts.Stores;
using Ptune.Contracts.Studies;
using Ptune.Grains.Hosting;
using Ptune.Grains.Shell;

namespace Ptune.Grains.Studies;

/// <summary>One study: <see cref="StudyMachine"/> with a store, a catalog and its jobs around it.</summary>
[Reentrant, GrainType("study")]
internal sealed class StudyGrain(
    [PersistentState("study", GrainStorageNames.State)] IPersistentState<StudyState> storage,
    ICatalog catalog,
    IOptions<JobsOptions> options,
    TimeProvider time,
    ILogger<StudyGrain> logger) : StatefulGrain<StudyState>(storage, time, logger, options.Value.StudyParallelism), IStudyGrain
{
    private StudyPlan? _plan;

    private string Id => this.GetPrimaryKeyString();

    /// <exception cref="ArgumentException">The submission's study has another id than this grain.</exception>
    public async Task<StudyView> Submit(StudySubmission submission)
    {
        var plan = PlanOf(submission);
        if (plan.StudyId != Id) throw new ArgumentException($"The submission is study {plan.StudyId}, not {Id}.", nameof(submission));
        _plan = plan;
        return (await DecideForSureAsync((state, now) => StudyMachine.Submit(state, submission, plan, now)))!;
    }

    public async Task<StudyView?> Get() => await LookAsync() is { } state ? StudyMachine.View(state) : null;

    public async Task<StudyView?> Watch(long version)
    {
        await WaitForChangeAsync(version, options.Value.WatchPatience);
        return await Get();
    }

    public Task<StudyView?> Cancel() => DecideAsync(StudyMachine.Cancel);

    public async Task JobEnded(string jobId, JobStatus status)
    {
        // The message is a wake-up; the job itself says what is true.
        var view = await Job(jobId).Get();
        await DecideAsync((state, now) => StudyMachine.Hear(state, jobId, view, isAnswer: false, now));
    }

    public async Task Sweep()
    {
        var inFlight = State?.Cells.Where(c => c.IsInFlight && c.IsAnswered).Select(c => c.JobId).Distinct().ToArray() ?? [];
        var jobs = new Dictionary<string, JobView?>();
        await Bounded.ForEachAsync(inFlight, options.Value.StudyParallelism, async id => jobs[id] = await Job(id).Get());
        await DecideAtSweepAsync((state, now) => state is null ? new(null, null) : StudyMachine.Sweep(state, Plan(state), jobs, now));
    }

    protected override bool IsOnStores(Effect effect) => effect.Kind == StudyEffects.Row;

    protected override async Task<bool> PerformAsync(Effect effect)
    {
        var state = Stored!;
        switch (effect.Kind)
        {
            case StudyEffects.Row:
                await catalog.PutAsync(StudyRows.Row(state));
                return true;
            case StudyEffects.Job:
                await TellJobAsync(state, effect.Target);
                return true;
            case StudyEffects.Alias:
                await PublishAsync(state, effect.Target);
                return true;
            case StudyEffects.Result when Pending.Any(e => e.Kind == StudyEffects.Alias):
                return false;
            case StudyEffects.Result:
                await FinishAsync(state);
                return true;
            default:
                return true;
        }
    }

    private async Task TellJobAsync(StudyState state, string jobId)
    {
        if (state.Status == JobStatus.Running)
        {
            // Another version of the code may have planned a job that this one does not: the sweep plans anew.
            if (Plan(state).Jobs.FirstOrDefault(j => j.JobId == jobId) is not { } planned) return;
            var view = await Job(jobId).Submit(new JobSubmission(planned.Spec, state.Asker, planned.Name));
            await DecideAsync((s, now) => StudyMachine.Hear(s, jobId, view, isAnswer: true, now));
        }
        else if (state.Status == JobStatus.Cancelling)
        {
            var view = await Job(jobId).Cancel(state.Asker);
            await DecideAsync((s, now) => StudyMachine.Hear(s, jobId, view, isAnswer: false, now));
        }
    }

    private async Task PublishAsync(StudyState state, string alias)
    {
        var cell = state.Cells.First(c => c.Alias == alias);
        if (await Job(cell.JobId).Get() is not { Result: { } result }) return;
        var (key, version) = RegistryKeys.Of(state.Tenant, alias);
        await GrainFactory.GetGrain<IRegistryGrain>(key).Publish(version, result.Artifact);
    }

    private async Task FinishAsync(StudyState state)
    {
        var results = new Dictionary<string, JobResult>();
        await Bounded.ForEachAsync(state.Cells, options.Value.StudyParallelism, async cell =>
        {
            if (await Job(cell.JobId).Get() is { Result: { } result }) results[cell.Key] = result;
        });
        var (result, problem) = Compare(state, results);
        await DecideAsync((s, now) => StudyMachine.Finish(s, result, problem, now));
    }

    private static (StudyResult? Result, string? Problem) Compare(StudyState state, IReadOnlyDictionary<string, JobResult> results)
    {
        try
        {
            return (StudyComparison.Compare(state.StudyId, state.Spec, results), null);
        }
        catch (InvalidDataException problem)
        {
            return (null, problem.Message);
        }
    }

    private IJobGrain Job(string id) => GrainFactory.GetGrain<IJobGrain>(id);

    private StudyPlan Plan(StudyState state) => _plan ??= PlanOf(state.Submission);

    private static StudyPlan PlanOf(StudySubmission submission) =>
        StudyPlanner.Plan(submission.Tenant, submission.Spec, submission.Resolved, submission.Nonce);
}
