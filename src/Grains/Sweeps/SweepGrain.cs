using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Runtime;
using Ptune.Contracts.Audit;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Stores;
using Ptune.Contracts.Studies;
using Ptune.Contracts.Sweeps;
using Ptune.Grains.Graphs;
using Ptune.Grains.Hosting;
using Ptune.Grains.Shell;

namespace Ptune.Grains.Sweeps;

/// <summary>One sweep: <see cref="SweepMachine"/> with a store, a catalog and its jobs around it.</summary>
[Reentrant, GrainType("sweep")]
internal sealed class SweepGrain(
    [PersistentState("sweep", GrainStorageNames.State)] IPersistentState<SweepState> storage,
    ICatalog catalog,
    IOptions<JobsOptions> options,
    TimeProvider time,
    ILogger<SweepGrain> logger) : GraphGrain<SweepState, SweepView>(storage, catalog, options.Value, time, logger), ISweepGrain
{
    private SweepPlans? _plans;

    /// <exception cref="ArgumentException">The submission's sweep has another id than this grain.</exception>
    public async Task<SweepView> Submit(SweepSubmission submission)
    {
        var plans = new SweepPlans(submission);
        if (plans.SweepId != Id) throw new ArgumentException($"The submission is sweep {plans.SweepId}, not {Id}.", nameof(submission));
        _plans = plans;
        return (await DecideForAsync(submission.By, Asked(AuditActions.SweepSubmit), (state, now) => SweepMachine.Submit(state, submission, plans, now)))!;
    }

    public Task<SweepView?> Cancel(AuditStamp? by) => AskedAsync(by, AuditActions.SweepCancel, (state, now) => SweepMachine.Cancel(state, Plans(state), now));

    public Task<SweepView?> Retry(AuditStamp? by) => AskedAsync(by, AuditActions.SweepRetry, (state, now) => SweepMachine.Retry(state, Plans(state), now));

    protected override SweepView View(SweepState state) => SweepMachine.View(state) is var view && state.Status == JobStatus.Running ? view with { Message = WhyKeptBack() } : view;

    protected override PlannedJob? Planned(SweepState state, string jobId) => Plans(state)!.Find(state, jobId);

    protected override Decision<SweepState, SweepView?> Apply(SweepState? state, JobReport report, DateTimeOffset now) =>
        SweepMachine.Apply(state, Plans(state), report, now);

    protected override Decision<SweepState, SweepView?> Look(SweepState? state, IReadOnlyDictionary<string, JobView?> jobs, DateTimeOffset now) =>
        SweepMachine.Sweep(state, Plans(state), jobs, now);

    protected override double? EstimateOf(SweepState state, string jobId) => base.EstimateOf(state, jobId) ?? SweepMachine.LaterEstimate(state, jobId);

    protected override IEnumerable<(string Name, double Seconds)> MayFollow(SweepState state) => SweepMachine.MayFollow(state);

    private SweepPlans? Plans(SweepState? state) => state is null ? null : _plans ??= new SweepPlans(state.Submission);
}
