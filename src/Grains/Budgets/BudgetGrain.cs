using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Stores;
using Ptune.Contracts.Studies;
using Ptune.Contracts.Sweeps;
using Ptune.Grains.Graphs;
using Ptune.Grains.Hosting;
using Ptune.Grains.Shell;

namespace Ptune.Grains.Budgets;

/// <summary>
/// A tenant's account, read from the catalog: device time that was held, and the rows of jobs that are not final. Of its own it has only what it has promised to submits whose rows do not stand
/// yet; a silo that dies takes that along, and with it those submits, or they stand.
/// </summary>
/// <remarks>
/// One call after the other, so that two submits do not get the same hours. It calls graphs and stores, which never call it. Calls are let in all the same, and wait here for their turn: a refusal must
/// rest on what was read after it was asked for, and one reading is enough for all that had come before it began.
/// </remarks>
[GrainType("budget"), Reentrant]
internal sealed class BudgetGrain(ICatalog catalog, IOptions<JobsOptions> options, TimeProvider time) : Grain, IBudgetGrain, IDisposable
{
    private const int GraphsAtOnce = 8;

    /// <summary>Reading takes at most this share of the time.</summary>
    private const int Share = 20;

    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, Promise> _promised = [];
    private readonly SemaphoreSlim _turn = new(1);
    private BudgetAccount? _read;
    private long _readAt;
    private TimeSpan _took;

    // Calls that have come and readings that have begun, in one count: which was earlier, without a clock.
    private long _events;
    private long _began;

    private string Tenant => this.GetPrimaryKeyString();

    public Task<BudgetUse> Get(double? budget) => InTurnAsync(async came => (await LookAsync(came)).Use(budget));

    public Task<string?> Ask(BudgetRequest request) => InTurnAsync(came => AskAsync(request, came));

    public Task<string?> Admit(BudgetRequest request) => InTurnAsync(async came =>
    {
        _promised.Remove(request.Owner);
        if (await AskAsync(request, came) is { } refusal) return refusal;
        _promised[request.Owner] = new Promise(TimeSpan.FromHours(request.Needed), time.GetUtcNow(), time.GetTimestamp());
        return null;
    });

    public void Dispose() => _turn.Dispose();

    private async Task<T> InTurnAsync<T>(Func<long, Task<T>> work)
    {
        var came = ++_events;
        await _turn.WaitAsync();
        try
        {
            return await work(came);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<string?> AskAsync(BudgetRequest request, long came)
    {
        if ((await LookAsync(came)).Refusal(Tenant, request) is null) return null;
        if (_began < came) await ReadAsync();
        return Account().Refusal(Tenant, request);
    }

    private async Task<BudgetAccount> LookAsync(long came)
    {
        var age = time.GetElapsedTime(_readAt);
        var isOld = _began < came && (age >= _took * Share || age >= _longest);
        if (_read is null || isOld || _read.Month != DeviceTimeRow.MonthOf(time.GetUtcNow())) await ReadAsync();
        return Account();
    }

    private BudgetAccount Account() => _read! with { Reserved = _promised.Values.Aggregate(_read.Reserved, (sum, promise) => sum + promise.Needed) };

    private async Task ReadAsync()
    {
        var (now, began, order) = (time.GetUtcNow(), time.GetTimestamp(), ++_events);
        var (jobs, graphs, unestimated) = (new Dictionary<string, TimeSpan>(), new List<JobRow>(), 0);
        // Rows first: a job that ends meanwhile counts twice for a moment, and never not at all.
        await foreach (var row in catalog.QueryAsync(new JobQuery { Tenant = Tenant, Statuses = JobStatusExtensions.NotFinal, IsUnordered = true }))
        {
            if (GraphKinds.Has(row.Kind)) graphs.Add(row);
            else jobs[row.JobId] = Reserved(row, now);
            if (row.EstimatedSeconds is null && !GraphKinds.Has(row.Kind)) unestimated++;
        }
        await Bounded.ForEachAsync(graphs, GraphsAtOnce, async graph =>
        {
            foreach (var (job, seconds) in await NotSubmittedAsync(graph)) jobs.TryAdd(job, TimeSpan.FromSeconds(seconds));
        });
        var month = DeviceTimeRow.MonthOf(now);
        var spent = await catalog.SumDeviceTimeAsync(Tenant, month);
        foreach (var (owner, promise) in _promised.ToArray())
            if (jobs.ContainsKey(owner) || graphs.Exists(graph => graph.JobId == owner) || await IsOverAsync(owner, promise)) _promised.Remove(owner);
        (_read, _readAt, _took, _began) = (new BudgetAccount(month, spent, new TimeSpan(jobs.Values.Sum(held => held.Ticks)), unestimated), time.GetTimestamp(), time.GetElapsedTime(began), order);
    }

    /// <summary>A job that runs for longer than was thought takes at least what it has had.</summary>
    private static TimeSpan Reserved(JobRow row, DateTimeOffset now)
    {
        var estimated = TimeSpan.FromSeconds(row.EstimatedSeconds ?? 0);
        return row.Status.IsHeld && now - row.Updated > estimated ? now - row.Updated : estimated;
    }

    private Task<Dictionary<string, double>> NotSubmittedAsync(JobRow graph) => graph.Kind == GraphKinds.Sweep
        ? GrainFactory.GetGrain<ISweepGrain>(graph.JobId).Reserved()
        : GrainFactory.GetGrain<IStudyGrain>(graph.JobId).Reserved();

    /// <summary>The submit has come and its work has ended since, or it never came.</summary>
    private async Task<bool> IsOverAsync(string owner, Promise promise) =>
        time.GetElapsedTime(promise.Since) >= options.Value.AdmissionKept || (await catalog.FindAsync(owner))?.Updated > promise.At;

    private sealed record Promise(TimeSpan Needed, DateTimeOffset At, long Since);
}
