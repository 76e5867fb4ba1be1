using Ptune.Contracts.Estimates;
using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Contracts.Stores;
using Ptune.Contracts.Studies;
using Ptune.Contracts.Sweeps;
using Ptune.Silo.Admission;
using Ptune.Silo.Artifacts;

namespace Ptune.Silo.Planning;

/// <summary>What an admitted spec would compute, what of it is in the store, and what the rest is likely to cost.</summary>
internal sealed class PlanReports(ICatalog catalog, IGrainFactory grains, JobCosts costs, Manifests manifests, SharedTexts? sharedTexts = null, BudgetCheck? budget = null, ImageSizes? images = null)
{
    private const string SingleJob = "job";

    // Of jobs whose standing is looked at.
    private const int AtOnce = 64;

    /// <param name="tenant">Whose store it is.</param>
    /// <param name="admitted">A spec without problems.</param>
    /// <param name="fresh">What is in the store is to be computed anew, so it has an estimate, too.</param>
    /// <param name="cancellation">Whoever asked has left: the work ends.</param>
    public async Task<PlanView> PlanAsync(string tenant, Admitted admitted, bool fresh, CancellationToken cancellation)
    {
        var planner = admitted.Spec is SweepSpec varied ? new SweepPlanner(tenant, varied, admitted.Resolved) : null;
        var (id, jobs) = admitted.Spec switch
        {
            IStudySpec study when StudyPlans.Of(tenant, study, admitted.Resolved, nonce: null, cancellation) is var plan => (plan.StudyId, plan.Jobs),
            SweepSpec when planner!.Plan(int.MaxValue, cancellation) is var plan => (plan.SweepId, plan.Jobs),
            JobSpec job when Single(tenant, job) is var only => (only.JobId, [only]),
            _ => throw new InvalidOperationException($"{admitted.Spec} is neither a job nor a study nor a sweep."),
        };
        var rows = new List<PlanRow>();
        foreach (var some in jobs.Chunk(AtOnce))
        {
            cancellation.ThrowIfCancellationRequested();
            rows.AddRange(await Task.WhenAll(some.Select(job => RowAsync(job, cancellation))));
        }
        int[] toCompute = [.. Enumerable.Range(0, rows.Count).Where(i => fresh || rows[i].Status != JobStatus.Succeeded)];
        var models = new KnownModels(manifests, grains, jobs, images);
        var estimates = await costs.EstimateAsync(tenant, [.. toCompute.Select(i => jobs[i].Spec)], models, cancellation);
        foreach (var (i, cost) in toCompute.Zip(estimates))
        {
            var spec = TextDefaults.Fill(jobs[i].Spec);
            var model = await models.UsedAsync(spec, cancellation);
            rows[i] = rows[i] with { Seconds = cost?.Seconds, MemoryBytes = JobEstimate.Memory(spec, model, await models.BesideAsync(spec, cancellation)), DiskBytes = JobEstimate.Disk(spec, model, cost?.ArtifactBytes) };
        }
        var refused = admitted.Spec is IStudySpec compared ? StudyRefusals.Of(compared) : [];
        var warnings = await WarningsAsync(admitted.Spec!, cancellation);
        return new PlanView(id, admitted.Spec!, [.. rows], refused.Length > 0 ? refused : null, warnings.Length > 0 ? warnings : null, budget is null ? null : await budget.PlanAsync(tenant, rows, fresh, jobs, planner is null ? null : seconds => planner.Later(seconds, cancellation), cancellation));
    }

    private async Task<string[]> WarningsAsync(Spec spec, CancellationToken cancellation) => spec switch
    {
        IStudySpec study => [.. StudyWarnings.Of(study), .. await SharedAsync(spec, cancellation)],
        JobSpec job => [.. StudyWarnings.Of(job), .. await LambdaWarnings.OfAsync(job, manifests, cancellation), .. await SharedAsync(spec, cancellation)],
        _ => [],
    };

    private async Task<IReadOnlyList<string>> SharedAsync(Spec spec, CancellationToken cancellation) => sharedTexts is null ? [] : await sharedTexts.WarningsAsync(spec, cancellation);

    private async Task<PlanRow> RowAsync(PlannedJob job, CancellationToken cancellation)
    {
        var row = await catalog.FindAsync(job.JobId, cancellation);
        // One that is no longer listed knows its result all the same, and answers a submit with it.
        var status = row is not null ? row.Status : (await grains.GetGrain<IJobGrain>(job.JobId).Get())?.Status;
        return new PlanRow(job.Key, job.JobId, SpecKinds.Of(job.Spec), job.Name, job.DependsOn, status);
    }

    private static PlannedJob Single(string tenant, JobSpec spec) => new(
        SingleJob,
        JobIds.Of(tenant, spec),
        spec.Name.Length > 0 ? spec.Name : SpecKinds.Of(spec),
        spec,
        [.. spec.Inputs().Where(i => InputRef.IsJob(i.Reference)).Select(i => InputRef.JobId(i.Reference)).Distinct()],
        Alias: null);
}
