using Microsoft.AspNetCore.Http.HttpResults;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Pools;
using Ptune.Contracts.Stores;
using Ptune.Silo.Admission;

namespace Ptune.Silo.Http;

/// <summary>Why jobs wait: position, estimated start, and the rule that holds them.</summary>
internal static class WaitEndpoints
{
    // Of questions to the pools, which have other work, too.
    private const int AtOnce = 64;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet(Routes.JobWait, Wait).WithQuery()
            .WithSummary("Why a queued job waits").WithDescription("Its position, the rule that holds it, and its estimated start. 409 for a job that is not queued.")
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
            JobStatus.Queued => $"Job {jobId} is just being queued in pool {job.Pool}. Try again in a moment.",
            JobStatus.Submitted => $"Job {jobId} is not in a queue yet: {job.Message ?? "it is waiting for its inputs"}.",
            var status => $"Job {jobId} is {status.ToString().ToLowerInvariant()}; it is not waiting for a worker.",
        });
    }

    private static async Task<Results<Ok<WaitView[]>, ProblemHttpResult>> Waits(HttpContext http, ICatalog catalog, IGrainFactory grains, string? pool, int? limit)
    {
        if (Rows.CheckLimit(limit) is { } wrongLimit) return wrongLimit;
        var query = new JobQuery { Tenant = Tenants.Of(http), Pool = pool, Statuses = [JobStatus.Queued] };
        var rows = await catalog.QueryAsync(query, http.RequestAborted).Where(r => SpecKinds.IsOfJob(r.Kind)).Take(limit ?? Rows.DefaultLimit).ToArrayAsync(http.RequestAborted);
        var waits = new List<WaitView>();
        foreach (var some in rows.Chunk(AtOnce))
        {
            http.RequestAborted.ThrowIfCancellationRequested();
            waits.AddRange((await Task.WhenAll(some.Select(row => grains.GetGrain<IPoolGrain>(row.Pool).Explain(row.JobId)))).OfType<WaitView>());
        }
        return TypedResults.Ok(waits.ToArray());
    }
}
