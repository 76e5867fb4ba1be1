using Microsoft.AspNetCore.Http.HttpResults;
using Ptune.Silo.Admission;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Pools;
using Ptune.Contracts.Stores;

namespace Ptune.Silo.Http;

/// <summary>Why jobs wait: position, estimated start, and the rule that holds them.</summary>
internal static class WaitEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet(Routes.JobWait, Wait).WithQuery()
            .WithSummary("Why a queued job waits").WithDescription("Its position, the rule that holds it, and when it will probably start. 409 for a job that is not queued.")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        api.MapGet(Routes.Waits, Waits).WithQuery("pool", "limit").WithSummary("Why the queued jobs wait, newest first");
    }

    private static async Task<Results<Ok<WaitView>, ProblemHttpResult>> Wait(HttpContext http, string id, JobIdLookup ids, IGrainFactory grains)
    {
        var (jobId, refusal) = await ids.FindJobAsync(Tenants.Of(http), id, http.RequestAborted);
        if (jobId is null) return refusal!;
        if (await grains.GetGrain<IJobGrain>(jobId).Get() is not { } job) return ApiProblems.NotFound($"There is no job '{id}'.");
        if (job.Status == JobStatus.Queued && await grains.GetGrain<IPoolGrain>(job.Pool).Explain(jobId) is { } wait) return TypedResults.Ok(wait);
        return ApiProblems.Conflict(job.Status switch
        {
            JobStatus.Queued => $"Job {jobId} is on its way into the queue of pool {job.Pool}. Ask again in a moment.",
            JobStatus.Submitted => $"Job {jobId} is not in a queue yet: {job.Message ?? "it waits for its inputs"}.",
            var status => $"Job {jobId} is {status.ToString().ToLowerInvariant()}; it waits for no worker.",
        });
    }

    private static async Task<Results<Ok<WaitView[]>, ProblemHttpResult>> Waits(HttpContext http, ICatalog catalog, IGrainFactory grains, string? pool, int? limit)
    {
        if (Rows.CheckLimit(limit) is { } wrongLimit) return wrongLimit;
        var query = new JobQuery { Tenant = Tenants.Of(http), Pool = pool, Statuses = [JobStatus.Queued] };
        var rows = await catalog.QueryAsync(query, http.RequestAborted).Where(r => SpecKinds.IsOfJob(r.Kind)).Take(limit ?? Rows.DefaultLimit).ToArrayAsync(http.RequestAborted);
        var waits = await Task.WhenAll(rows.Select(row => grains.GetGrain<IPoolGrain>(row.Pool).Explain(row.JobId)));
        return TypedResults.Ok(waits.OfType<WaitView>().ToArray());
    }
}
