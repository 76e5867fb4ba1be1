using Microsoft.AspNetCore.Http.HttpResults;
using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Stores;
using Ptune.Contracts.Studies;
using Ptune.Contracts.Sweeps;
using Ptune.Silo.Admission;
using Ptune.Silo.Configuration;
using Ptune.Silo.Planning;

namespace Ptune.Silo.Http;

/// <summary>What a spec would compute.</summary>
internal static class PlanEndpoints
{
    private const string SingleJob = "job";

    // Of jobs whose standing is looked at.
    private const int AtOnce = 64;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost(Routes.Plan, Plan).WithQuery("fresh").AcceptsSpec<Spec>()
            .WithSummary("Plan a spec").WithDescription("Checks it like a submit, and answers with its defaults and its jobs; nothing is started. Of a sweep with early stopping the first rung is known. What is in the store has no estimate, unless fresh=true.")
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<Results<Ok<PlanView>, ProblemHttpResult>> Plan(HttpContext http, SpecAdmission admission, ICatalog catalog, IGrainFactory grains, JobCosts costs, HttpOptions options, bool fresh = false)
    {
        var (text, refusal) = await SpecText.ReadAsync(http.Request, options.MaxSpecBytes);
        if (refusal is not null) return refusal;
        var tenant = Tenants.Of(http);
        var admitted = await admission.AdmitAsync(tenant, text!, http.RequestAborted);
        if (admitted.Problems.Count > 0) return ApiProblems.SpecErrors(admitted.Problems);

        var (id, jobs) = admitted.Spec switch
        {
            TransferStudySpec study when StudyPlanner.Plan(tenant, study, admitted.Resolved) is var plan => (plan.StudyId, plan.Jobs),
            SweepSpec sweep when new SweepPlanner(tenant, sweep, admitted.Resolved).Plan() is var plan => (plan.SweepId, plan.Jobs),
            JobSpec job when Single(tenant, job) is var only => (only.JobId, [only]),
            _ => throw new InvalidOperationException($"{admitted.Spec} is neither a job nor a study nor a sweep."),
        };
        var rows = new List<PlanRow>();
        foreach (var some in jobs.Chunk(AtOnce)) rows.AddRange(await Task.WhenAll(some.Select(RowAsync)));
        int[] toCompute = [.. Enumerable.Range(0, rows.Count).Where(i => fresh || rows[i].Status != JobStatus.Succeeded)];
        var seconds = await costs.EstimateAsync(tenant, [.. toCompute.Select(i => jobs[i].Spec)], http.RequestAborted);
        foreach (var (i, estimate) in toCompute.Zip(seconds)) rows[i] = rows[i] with { Seconds = estimate };
        return TypedResults.Ok(new PlanView(id, admitted.Spec!, [.. rows]));

        async Task<PlanRow> RowAsync(PlannedJob job)
        {
            var row = await catalog.FindAsync(job.JobId, http.RequestAborted);
            // One that is no longer listed knows its result all the same, and answers a submit with it.
            var status = row is not null ? row.Status : (await grains.GetGrain<IJobGrain>(job.JobId).Get())?.Status;
            return new PlanRow(job.Key, job.JobId, SpecKinds.Of(job.Spec), job.Name, job.DependsOn, status);
        }
    }

    private static PlannedJob Single(string tenant, JobSpec spec) => new(
        SingleJob,
        JobIds.Of(tenant, spec),
        spec.Name.Length > 0 ? spec.Name : SpecKinds.Of(spec),
        spec,
        [.. spec.Inputs().Where(i => InputRef.IsJob(i.Reference)).Select(i => InputRef.JobId(i.Reference)).Distinct()],
        Alias: null);
}
