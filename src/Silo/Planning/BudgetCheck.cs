using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Studies;
using Ptune.Grains.Identity;
using Ptune.Silo.Artifacts;

namespace Ptune.Silo.Planning;

/// <summary>Whether work fits into its tenant's budget of device-hours. Known work costs nothing: what is in the store is there, and what is under way is reserved.</summary>
internal sealed class BudgetCheck(TenantBook tenants, JobCosts costs, Manifests manifests, IGrainFactory grains)
{
    // Of jobs whose standing is looked at.
    private const int AtOnce = 64;
    private const double SecondsOfAnHour = 3600;

    /// <returns>Why the work may not come, or what its new jobs are likely to take, in seconds by their ids; both null where the tenant has no budget.</returns>
    public async Task<(string? Refusal, Dictionary<string, double>? Estimates)> AdmitAsync(string tenant, string owner, IEnumerable<PlannedJob> jobs, CancellationToken cancellation)
    {
        if ((await tenants.KnownAsync(tenant))?.Budget is not { } budget) return (null, null);
        PlannedJob[] all = [.. jobs.DistinctBy(job => job.JobId)];
        var fresh = new List<PlannedJob>();
        foreach (var some in all.Chunk(AtOnce))
        {
            cancellation.ThrowIfCancellationRequested();
            var views = await Task.WhenAll(some.Select(job => grains.GetGrain<IJobGrain>(job.JobId).Get()));
            fresh.AddRange(some.Zip(views).Where(pair => IsNew(pair.Second?.Status)).Select(pair => pair.First));
        }
        if (fresh.Count == 0) return (null, null);
        var known = await costs.EstimateAsync(tenant, [.. fresh.Select(job => job.Spec)], new KnownModels(manifests, grains, all), cancellation);
        var estimates = fresh.Zip(known).Where(pair => pair.Second is not null).ToDictionary(pair => pair.First.JobId, pair => pair.Second!.Value.Seconds);
        var request = new BudgetRequest(owner, budget, estimates.Values.Sum() / SecondsOfAnHour, fresh.Count - estimates.Count);
        return await grains.GetGrain<IBudgetGrain>(tenant).Admit(request) is { } refusal ? (refusal, null) : (null, estimates);
    }

    /// <summary>What a plan says of the budget; null: the tenant has none.</summary>
    public async Task<PlanBudget?> PlanAsync(string tenant, IEnumerable<PlanRow> rows, bool fresh)
    {
        if ((await tenants.KnownAsync(tenant))?.Budget is not { } budget) return null;
        PlanRow[] wanted = [.. rows.Where(row => fresh || IsNew(row.Status)).DistinctBy(row => row.JobId)];
        var (needed, unknown) = (wanted.Sum(row => row.Seconds ?? 0) / SecondsOfAnHour, wanted.Count(row => row.Seconds is null));
        var use = await grains.GetGrain<IBudgetGrain>(tenant).Get(budget);
        var refusal = wanted.Length == 0 ? null : await grains.GetGrain<IBudgetGrain>(tenant).Ask(new BudgetRequest("", budget, needed, unknown));
        return new PlanBudget(budget, use.Spent, use.Reserved, use.Left!.Value, needed, unknown, refusal);
    }

    private static bool IsNew(JobStatus? status) => status is null or JobStatus.Failed or JobStatus.Cancelled;
}
