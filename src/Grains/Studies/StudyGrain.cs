using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Runtime;
using Ptune.Contracts.Audit;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Registry;
using Ptune.Contracts.Stores;
using Ptune.Contracts.Studies;
using Ptune.Grains.Graphs;
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
    ILogger<StudyGrain> logger) : GraphGrain<StudyState, StudyView>(storage, catalog, options.Value, time, logger), IStudyGrain
{
    private StudyPlan? _plan;

    /// <exception cref="ArgumentException">The submission's study has another id than this grain.</exception>
    public async Task<StudyView> Submit(StudySubmission submission)
    {
        var plan = PlanOf(submission);
        if (plan.StudyId != Id) throw new ArgumentException($"The submission is study {plan.StudyId}, not {Id}.", nameof(submission));
        _plan = plan;
        return (await DecideForAsync(submission.By, Asked(AuditActions.StudySubmit), (state, now) => StudyMachine.Submit(state, submission, plan, now)))!;
    }

    public Task<StudyView?> Cancel(AuditStamp? by) => AskedAsync(by, AuditActions.StudyCancel, StudyMachine.Cancel);

    public Task<StudyView?> Retry(AuditStamp? by) => AskedAsync(by, AuditActions.StudyRetry, (state, now) => StudyMachine.Retry(state, state is null ? null : Plan(state), now));

    protected override async Task<bool> PerformAsync(Effect effect)
    {
        switch (effect.Kind)
        {
            case StudyEffects.Alias:
                await PublishAsync(Stored!, effect.Target);
                return true;
            case StudyEffects.Result when Pending.Any(e => e.Kind == StudyEffects.Alias):
                return false;
            case StudyEffects.Result:
                await FinishAsync(Stored!);
                return true;
            default:
                return await base.PerformAsync(effect);
        }
    }

    protected override StudyView View(StudyState state) => StudyMachine.View(state) is var view && state.Status == JobStatus.Running ? view with { Message = WhyKeptBack() } : view;

    protected override PlannedJob? Planned(StudyState state, string jobId) => Plan(state).Jobs.FirstOrDefault(j => j.JobId == jobId);

    protected override Decision<StudyState, StudyView?> Apply(StudyState? state, JobReport report, DateTimeOffset now) =>
        StudyMachine.Apply(state, report, now);

    protected override Decision<StudyState, StudyView?> Look(StudyState? state, IReadOnlyDictionary<string, JobView?> jobs, DateTimeOffset now) =>
        state is null ? new(null, null) : StudyMachine.Sweep(state, Plan(state), jobs, now);

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
        await EachAsync(state.Cells, async cell =>
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
            return (StudyComparisons.Compare(state.StudyId, state.Submission, results), null);
        }
        catch (InvalidDataException problem)
        {
            return (null, problem.Message);
        }
    }

    private StudyPlan Plan(StudyState state) => _plan ??= PlanOf(state.Submission);

    private static StudyPlan PlanOf(StudySubmission submission) =>
        StudyPlans.Of(submission.Tenant, submission.Spec, submission.Resolved, submission.Nonce);
}
