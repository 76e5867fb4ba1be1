using Microsoft.Extensions.Options;
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
/// <remarks>One call after the other, so that two submits do not get the same hours. It calls graphs and stores, which never call it.</remarks>
[GrainType("budget")]
internal sealed class BudgetGrain(ICatalog catalog, IOptions<JobsOptions> options, TimeProvider time) : Grain, IBudgetGrain
{
    private const int GraphsAtOnce = 8;

    /// <summary>Reading takes at most this share of the time.</summary>
    private const int Share = 20;

    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, Promise> _promised = [];
    private BudgetAccount? _read;
    private long _readAt;
    private TimeSpan _took;

    private string Tenant => this.GetPrimaryKeyString();

    public async Task<BudgetUse> Get(double? budget) => (await LookAsync()).Use(budget);

    public async Task<string?> Ask(BudgetRequest request)
    {
        if ((await LookAsync()).Refusal(Tenant, request) is null) return null;
        // What it has read may be some seconds old.
        await ReadAsync();
        return Account().Refusal(Tenant, request);
    }

    public async Task<string?> Admit(BudgetRequest request)
    {
        _promised.Remove(request.Owner);
        if (await Ask(request) is { } refusal) return refusal;
        _promised[request.Owner] = new Promise(TimeSpan.FromHours(request.Needed), time.GetUtcNow(), time.GetTimestamp());
        return null;
    }

    private async Task<BudgetAccount> LookAsync()
    {
        var age = time.GetElapsedTime(_readAt);
        if (_read is null || age >= _took * Share || age >= _longest || _read.Month != DeviceTimeRow.MonthOf(time.GetUtcNow())) await ReadAsync();
        return Account();
    }

    private BudgetAccount Account() => _read! with { Reserved = _promised.Values.Aggregate(_read.Reserved, (sum, promise) => sum + promise.Needed) };

    private async Task ReadAsync()
    {
        var (now, began) = (time.GetUtcNow(), time.GetTimestamp());
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
        (_read, _readAt, _took) = (new BudgetAccount(month, spent, new TimeSpan(jobs.Values.Sum(held => held.Ticks)), unestimated), time.GetTimestamp(), time.GetElapsedTime(began));
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
