using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Stores;
using Ptune.Contracts.Studies;
using Ptune.Contracts.Sweeps;
using Ptune.Grains.Identity;
using Ptune.Silo.Admission;
using Ptune.Silo.Artifacts;

namespace Ptune.Silo.Planning;

/// <summary>Whether work fits into its tenant's budget of device-hours. Known work costs nothing: what is in the store is there, and what is under way is reserved.</summary>
internal sealed class BudgetCheck(TenantBook tenants, JobCosts costs, Manifests manifests, ICatalog catalog, IGrainFactory grains, ImageSizes? images = null)
{
    // Of jobs whose standing is looked at.
    private const int AtOnce = 64;
    private const double SecondsOfAnHour = 3600;

    /// <param name="tenant">Whose work it is.</param>
    /// <param name="owner">The job, study or sweep.</param>
    /// <param name="jobs">All jobs that are known.</param>
    /// <param name="later">Of a sweep: the rungs that may follow, by what the known jobs are likely to take.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>Why the work may not come, or what its new jobs are likely to take, in seconds by their ids, and what the rungs may; all null where the tenant has no budget.</returns>
    public async Task<(string? Refusal, Dictionary<string, double>? Estimates, SweepRungCost[]? Later)> AdmitAsync(
        string tenant, string owner, IEnumerable<PlannedJob> jobs, Func<IReadOnlyDictionary<string, double>, LaterRung[]>? later, CancellationToken cancellation)
    {
        if ((await tenants.KnownAsync(tenant))?.Budget is not { } budget) return (null, null, null);
        PlannedJob[] all = [.. jobs.DistinctBy(job => job.JobId)];
        var fresh = new List<PlannedJob>();
        foreach (var some in all.Chunk(AtOnce))
        {
            cancellation.ThrowIfCancellationRequested();
            var views = await Task.WhenAll(some.Select(job => grains.GetGrain<IJobGrain>(job.JobId).Get()));
            fresh.AddRange(some.Zip(views).Where(pair => IsNew(pair.Second?.Status)).Select(pair => pair.First));
        }
        if (fresh.Count == 0) return (null, null, null);
        var known = await costs.EstimateAsync(tenant, [.. fresh.Select(job => job.Spec)], new KnownModels(manifests, grains, all, images), cancellation);
        var estimates = fresh.Zip(known).Where(pair => pair.Second is not null).ToDictionary(pair => pair.First.JobId, pair => pair.Second!.Value.Seconds);
        var (follow, unknown) = await LaterAsync(tenant, later?.Invoke(estimates) ?? [], all, cancellation);
        var request = new BudgetRequest(owner, budget, (estimates.Values.Sum() + Sum(follow)) / SecondsOfAnHour, fresh.Count - estimates.Count + unknown);
        return await grains.GetGrain<IBudgetGrain>(tenant).Admit(request) is { } refusal ? (refusal, null, null) : (null, estimates, follow);
    }

    /// <summary>Whether a suspended job may go on: what it needs is reserved for it.</summary>
    /// <returns>Why not; null: nothing speaks against it.</returns>
    public Task<string?> ResumeAsync(JobView job) => job.Status == JobStatus.Suspended ? AgainAsync(job, isHeld: true) : Task.FromResult<string?>(null);

    /// <summary>Whether a job that has ended may be tried again.</summary>
    /// <returns>Why not; null: nothing speaks against it.</returns>
    public Task<string?> RetryAsync(JobView job) => job.Status is JobStatus.Failed or JobStatus.Cancelled ? AgainAsync(job, isHeld: false) : Task.FromResult<string?>(null);

    /// <inheritdoc cref="RetryAsync(JobView)"/>
    public Task<string?> RetryAsync(StudyView study) => AgainAsync(study.StudyId, study.Status, () => grains.GetGrain<IStudyGrain>(study.StudyId).Remaining());

    /// <inheritdoc cref="RetryAsync(JobView)"/>
    public Task<string?> RetryAsync(SweepView sweep) => AgainAsync(sweep.SweepId, sweep.Status, () => grains.GetGrain<ISweepGrain>(sweep.SweepId).Remaining());

    private async Task<string?> AgainAsync(JobView job, bool isHeld)
    {
        var tenant = JobIds.Tenant(job.JobId);
        if ((await tenants.KnownAsync(tenant))?.Budget is not { } budget) return null;
        var held = isHeld ? (await catalog.FindAsync(job.JobId))?.EstimatedSeconds / SecondsOfAnHour : null;
        var hours = held ?? (await costs.EstimateAsync(tenant, [job.Spec], new KnownModels(manifests, grains, [], images), CancellationToken.None))[0]?.Seconds / SecondsOfAnHour;
        var request = new BudgetRequest(job.JobId, budget, hours ?? 0, hours is null ? 1 : 0) { Held = held ?? 0 };
        var account = grains.GetGrain<IBudgetGrain>(tenant);
        return isHeld ? await account.Ask(request) : await account.Admit(request);
    }

    private async Task<string?> AgainAsync(string id, JobStatus status, Func<Task<Dictionary<string, double>>> remaining)
    {
        var tenant = JobIds.Tenant(id);
        if (!status.IsFinal || (await tenants.KnownAsync(tenant))?.Budget is not { } budget) return null;
        var seconds = await remaining();
        if (seconds.Count == 0 && status == JobStatus.Succeeded) return null;
        return await grains.GetGrain<IBudgetGrain>(tenant).Admit(new BudgetRequest(id, budget, seconds.Values.Sum() / SecondsOfAnHour, seconds.Count == 0 ? 1 : 0));
    }

    private async Task<(SweepRungCost[] Costs, int Unknown)> LaterAsync(string tenant, LaterRung[] rungs, IReadOnlyList<PlannedJob> jobs, CancellationToken cancellation)
    {
        if (rungs.Length == 0) return ([], 0);
        PlannedJob[] chains = [.. rungs.SelectMany(rung => rung.Chain)];
        var costed = (await costs.EstimateAsync(tenant, [.. chains.Select(job => job.Spec)], new KnownModels(manifests, grains, [.. jobs, .. chains], images), cancellation)).AsEnumerable();
        var (found, unknown) = (new List<SweepRungCost>(), 0);
        foreach (var (most, chain) in rungs)
        {
            var known = costed.Take(chain.Length).ToArray();
            costed = costed.Skip(chain.Length);
            unknown += most * known.Count(cost => cost is null);
            // What all trials share stands in the first rung.
            found.Add(new SweepRungCost(most, [.. chain.Zip(known).Select(pair => pair.First.Key == SweepPlanner.SourceKey ? 0 : pair.Second?.Seconds ?? 0)]));
        }
        return ([.. found], unknown);
    }

    private static double Sum(SweepRungCost[] rungs) => rungs.Sum(rung => rung.Most * rung.Seconds.Sum());

    /// <summary>What a plan says of the budget; null: the tenant has none.</summary>
    /// <param name="tenant">Whose plan it is.</param>
    /// <param name="rows">The plan.</param>
    /// <param name="fresh">What is in the store is to be computed anew.</param>
    /// <param name="jobs">The plan's jobs.</param>
    /// <param name="later">See <see cref="AdmitAsync"/>.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<PlanBudget?> PlanAsync(
        string tenant, IEnumerable<PlanRow> rows, bool fresh, IReadOnlyList<PlannedJob> jobs, Func<IReadOnlyDictionary<string, double>, LaterRung[]>? later, CancellationToken cancellation)
    {
        if ((await tenants.KnownAsync(tenant))?.Budget is not { } budget) return null;
        PlanRow[] wanted = [.. rows.Where(row => fresh || IsNew(row.Status)).DistinctBy(row => row.JobId)];
        if (wanted.Length == 0) later = null;
        var seconds = wanted.Where(row => row.Seconds is not null).ToDictionary(row => row.JobId, row => row.Seconds!.Value);
        var (follow, unknownLater) = await LaterAsync(tenant, later?.Invoke(seconds) ?? [], jobs, cancellation);
        var (needed, unknown) = ((seconds.Values.Sum() + Sum(follow)) / SecondsOfAnHour, wanted.Length - seconds.Count + unknownLater);
        var use = await grains.GetGrain<IBudgetGrain>(tenant).Get(budget);
        var refusal = wanted.Length == 0 ? null : await grains.GetGrain<IBudgetGrain>(tenant).Ask(new BudgetRequest("", budget, needed, unknown));
        return new PlanBudget(budget, use.Spent, use.Reserved, use.Left!.Value, needed, unknown, refusal);
    }

    private static bool IsNew(JobStatus? status) => status is null or JobStatus.Failed or JobStatus.Cancelled;
}
