using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Ptune.Contracts.Audit;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Stores;
using Ptune.Contracts.Studies;
using Ptune.Grains.Hosting;
using Ptune.Grains.Jobs;
using Ptune.Grains.Shell;

namespace Ptune.Grains.Graphs;

/// <summary>What the grains of studies and sweeps share: a store, a catalog and their jobs around a machine. Derived grains are reentrant.</summary>
internal abstract class GraphGrain<TState, TView>(IPersistentState<TState> storage, ICatalog catalog, JobsOptions options, TimeProvider time, ILogger logger)
    : StatefulGrain<TState>(storage, time, logger, options.StudyParallelism)
    where TState : class, IGraphState<TState>
    where TView : class
{
    private readonly TimeProvider _time = time;
    private readonly Dictionary<string, string> _keptBack = [];
    // Jobs that reported their end before their answer to the submit arrived.
    private readonly HashSet<string> _early = [];
    private List<PendingReport> _reports = [];
    private Task? _applying;

    protected string Id => this.GetPrimaryKeyString();

    public async Task<TView?> Get() => await LookAsync() is { } state ? View(state) : null;

    public async Task<TView?> Watch(long version)
    {
        await WaitForChangeAsync(version, options.WatchPatience);
        return await Get();
    }

    public async Task<Dictionary<string, double>> Reserved()
    {
        if (await LookAsync() is not { Status: JobStatus.Running } state) return [];
        var submitted = state.Graph.Cells.Where(c => c.IsAnswered || c.Status is { IsFinal: true }).Select(c => c.JobId).ToHashSet();
        return Without(state, submitted);
    }

    public async Task<Dictionary<string, double>> Remaining()
    {
        if (await LookAsync() is not { Status.IsFinal: true } state) return [];
        return Without(state, [.. state.Graph.Cells.Where(c => c.Status == JobStatus.Succeeded).Select(c => c.JobId)]);
    }

    /// <summary>The message only wakes the owner: the state is read from the job.</summary>
    public Task JobEnded(string jobId, JobStatus status)
    {
        // Its answer to the submit is older and still on its way: nothing else is applied before it.
        if (State?.Graph.Find(jobId) is { IsInFlight: true, IsAnswered: false }) _early.Add(jobId);
        return AskAsync(jobId);
    }

    public async Task Sweep()
    {
        var inFlight = State?.Graph.Cells.Where(c => c.IsInFlight && c.IsAnswered).DistinctBy(c => c.JobId).ToArray() ?? [];
        var jobs = new Dictionary<string, JobView?>();
        await EachAsync(inFlight, async cell => jobs[cell.JobId] = await Job(cell.JobId).Get());
        await DecideAtSweepAsync((state, now) =>
            Look(state, inFlight.Where(cell => ReferenceEquals(cell, state?.Graph.Find(cell.JobId))).ToDictionary(c => c.JobId, c => jobs[c.JobId]), now));
    }

    protected override Task ExpectAsync(TState next) => next.Outbox.Has(GraphEffects.Row) ? catalog.ExpectAsync(ExpectedRow.Of(next.Row, _time.GetUtcNow())) : Task.CompletedTask;

    protected override string AuditChain => JobIds.Tenant(Id);

    protected override bool IsOnStores(Effect effect) => effect.Kind == GraphEffects.Row;

    protected override async Task<bool> PerformAsync(Effect effect)
    {
        if (effect.Kind == GraphEffects.Row) await catalog.PutAsync(Stored!.Row);
        else if (effect.Kind == GraphEffects.Job) return await TellJobAsync(Stored!, effect.Target);
        return true;
    }

    /// <summary>Why jobs whose turn has come are not submitted: the tenant's queue is full. Null when there are none such.</summary>
    protected string? WhyKeptBack()
    {
        var kept = Pending.Where(e => e.Kind == GraphEffects.Job).Select(e => _keptBack.GetValueOrDefault(e.Target)).OfType<string>().ToArray();
        return kept.Length == 0 ? null : $"{(kept.Length == 1 ? "1 of its jobs waits" : $"{kept.Length} of its jobs wait")} for room in the queue: {kept[0]}";
    }

    protected abstract TView View(TState state);

    /// <summary>What a job is likely to take, in seconds; null: nobody knows.</summary>
    protected virtual double? EstimateOf(TState state, string jobId) => state.Estimates?.TryGetValue(jobId, out var seconds) == true ? seconds : null;

    /// <summary>What it may take beyond the jobs that are known now, in seconds by names that no job has.</summary>
    protected virtual IEnumerable<(string Name, double Seconds)> MayFollow(TState state) => [];

    /// <summary>The job with this id as today's code plans it; null when it plans none such.</summary>
    protected abstract PlannedJob? Planned(TState state, string jobId);

    /// <summary>The machine takes in what a job reports. Nobody reads the answer.</summary>
    protected abstract Decision<TState, TView?> Apply(TState? state, JobReport report, DateTimeOffset now);

    /// <summary>The machine looks at all jobs in flight.</summary>
    protected abstract Decision<TState, TView?> Look(TState? state, IReadOnlyDictionary<string, JobView?> jobs, DateTimeOffset now);

    /// <summary>What somebody outside asks of it; without a name (an earlier version's server asks) nothing is written into the audit trail.</summary>
    protected Task<TView?> AskedAsync(AuditStamp? by, string action, Func<TState?, DateTimeOffset, Decision<TState, TView?>> decide) =>
        by is null ? DecideAsync(decide) : DecideForAsync(by, Asked(action), decide);

    protected AuditSubject<TState> Asked(string action) => new(action, Id, GraphRows.Shown, GraphEffects.Row);

    protected IJobGrain Job(string id) => GrainFactory.GetGrain<IJobGrain>(id);

    protected Task EachAsync<T>(IEnumerable<T> items, Func<T, Task> perform) => Bounded.ForEachAsync(items, options.StudyParallelism, perform);

    private Dictionary<string, double> Without(TState state, HashSet<string> done)
    {
        var left = (state.Estimates ?? []).Where(e => !done.Contains(e.Key)).ToDictionary();
        foreach (var cell in state.Graph.Cells.Where(c => !done.Contains(c.JobId)))
            if (EstimateOf(state, cell.JobId) is { } seconds) left.TryAdd(cell.JobId, seconds);
        foreach (var (name, seconds) in MayFollow(state)) left[name] = seconds;
        return left;
    }

    /// <returns>False when there is no room for it in the queue yet: it is retried after the next command or sweep.</returns>
    private async Task<bool> TellJobAsync(TState state, string jobId)
    {
        // Repeated after a crash, it would restart a job whose end is already known.
        if (state.Graph.Find(jobId) is { IsInFlight: false }) return true;
        var asker = state.Graph.Asker;
        if (state.Status == JobStatus.Running)
        {
            // Another version of the code may have planned a job that this one does not: the sweep plans anew.
            if (Planned(state, jobId) is not { } planned) return true;
            if (await IsKeptBackAsync(planned)) return false;
            var view = await Job(jobId).Submit(new JobSubmission(planned.Spec, asker, planned.Name) { EstimatedSeconds = EstimateOf(state, jobId) });
            await ApplyAsync(new PendingReport(new JobReport(jobId, view, IsAnswer: true)));
            if (_early.Remove(jobId)) await AskAsync(jobId);
        }
        else if (state.Status == JobStatus.Cancelling)
        {
            var view = await Job(jobId).Cancel(asker);
            await ApplyAsync(new PendingReport(new JobReport(jobId, view, IsAnswer: false)));
        }
        return true;
    }

    private async Task AskAsync(string jobId)
    {
        PendingReport pending;
        do
        {
            var asked = State?.Graph.Find(jobId);
            pending = new PendingReport(new JobReport(jobId, await Job(jobId).Get(), IsAnswer: false), asked);
            await ApplyAsync(pending);
        }
        while (!pending.IsApplied);
    }

    private async Task<bool> IsKeptBackAsync(PlannedJob planned)
    {
        var refusal = await QueuePlaces.RefusalAsync(GrainFactory, options, JobIds.Tenant(planned.JobId), planned.Spec.Scheduling.Pool, [planned.JobId]);
        if (refusal is null) _keptBack.Remove(planned.JobId);
        else _keptBack[planned.JobId] = refusal;
        return refusal is not null;
    }

    /// <summary>The state of a large graph is large: reports that arrive while it is being written are applied together, and written once.</summary>
    private Task ApplyAsync(PendingReport report)
    {
        _reports.Add(report);
        return _applying ??= ApplyAllAsync();
    }

    private async Task ApplyAllAsync()
    {
        await Task.Yield();
        var isTaken = false;
        try
        {
            await DecideAsync((state, now) =>
            {
                isTaken = true;
                return ApplyAll(state, now);
            });
        }
        finally
        {
            // The store is unavailable: the reporter gets the error, and reports again.
            if (!isTaken) TakeReports();
        }
    }

    private Decision<TState, TView?> ApplyAll(TState? state, DateTimeOffset now)
    {
        var (next, isVolatile) = (state, true);
        foreach (var pending in TakeReports())
        {
            if (!pending.CanApplyTo(next?.Graph.Find(pending.Report.JobId))) continue;
            var applied = Apply(next, pending.Report, now);
            // A report that changes nothing is not worth a write.
            isVolatile &= applied.IsVolatile || ReferenceEquals(applied.State, next);
            next = applied.State;
        }
        return new(next, null, isVolatile);
    }

    private List<PendingReport> TakeReports()
    {
        var reports = _reports;
        (_reports, _applying) = ([], null);
        return reports;
    }

    /// <summary>A report that is not yet in the state.</summary>
    /// <param name="report">What the job reported.</param>
    /// <param name="asked">The cell as it was before the job was asked: a report from before the job was submitted again is stale.</param>
    private sealed class PendingReport(JobReport report, StudyCellState? asked)
    {
        private readonly bool _isAnyTime;

        /// <summary>A report that counts whatever has changed meanwhile.</summary>
        public PendingReport(JobReport report)
            : this(report, null) => _isAnyTime = true;

        public JobReport Report => report;

        public bool IsApplied { get; private set; }

        public bool CanApplyTo(StudyCellState? cell) => IsApplied = _isAnyTime || ReferenceEquals(cell, asked);
    }
}
