using Microsoft.AspNetCore.Http.HttpResults;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;

namespace Ptune.Silo.Http;

/// <summary>Logs of attempts.</summary>
internal static class LogEndpoints
{
    private const string Text = "text/plain; charset=utf-8";

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet(Routes.JobLogs, Logs).WithQuery("attempt", "follow")
            .WithSummary("A job's log").WithDescription("Of the last attempt, or of the given one. follow=true continues, from attempt to attempt, until the job is final.")
            .Produces<string>(StatusCodes.Status200OK, "text/plain")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> Logs(
        HttpContext http, string id, JobIdLookup ids, IGrainFactory grains, JobLogs logs, long? attempt, bool follow = false)
    {
        var (jobId, refusal) = await ids.FindJobAsync(Tenants.Of(http), id, http.RequestAborted);
        if (jobId is null) return refusal!;
        if (await grains.GetGrain<IJobGrain>(jobId).Get() is not { } view) return ApiProblems.NotFound($"There is no job '{id}'.");
        if (attempt < 1 || attempt > view.Epoch)
        {
            return ApiProblems.NotFound(view.Epoch == 0
                ? $"Job '{id}' has had no attempt yet; it is {view.Status.ToString().ToLowerInvariant()}."
                : $"Job '{id}' has no attempt {attempt}; attempts are numbered 1 to {view.Epoch}.");
        }
        var cancellation = http.RequestAborted;
        return TypedResults.Stream(body => follow
            ? logs.FollowAsync(view, attempt, body, cancellation)
            : logs.CopyAsync(view.JobId, attempt ?? view.Epoch, body, cancellation), Text);
    }
}
