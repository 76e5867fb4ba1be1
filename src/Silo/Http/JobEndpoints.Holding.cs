using Microsoft.AspNetCore.Http.HttpResults;
using Ptune.Contracts.Audit;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;
using Ptune.Silo.Audit;
using Ptune.Silo.Planning;
using Ptune.Silo.Security;

namespace Ptune.Silo.Http;

/// <summary>Suspend, resume, retry. What makes no sense at a job's state changes nothing: the answer is always the state reached.</summary>
internal static partial class JobEndpoints
{
    private const string Suspended = "suspended by a client";

    private static void MapHolding(IEndpointRouteBuilder api)
    {
        Map(Routes.JobSuspend, "Suspend a job", "Its worker writes a checkpoint and stops; a waiting job leaves its queue. It is not run until it is resumed.", (job, by) => job.Suspend(Suspended, by));
        Map(Routes.JobResume, "Resume a job", "A suspended job continues from its last checkpoint. A job that is being cancelled is refused with 409.", (job, by) => job.Resume(by), WhyNotResumed, (budgets, job) => budgets.ResumeAsync(job));
        Map(Routes.JobRetry, "Retry a job",
            "A failed or cancelled job is queued again, from its last usable checkpoint; one that is still being cancelled keeps running.", (job, by) => job.Retry(by), budget: (budgets, job) => budgets.RetryAsync(job));

        void Map(string route, string summary, string description, Func<IJobGrain, AuditStamp, Task<JobView?>> command, Func<JobView, string?>? refusal = null, Func<BudgetCheck, JobView, Task<string?>>? budget = null) =>
            api.MapPost(route, (HttpContext http, string id, JobIdLookup ids, IGrainFactory grains, BudgetCheck budgets) => CommandAsync(http, id, ids, grains, command, refusal, budget is null ? null : job => budget(budgets, job)))
                .RequireAuthorization(Policies.Submitter).WithQuery().WithSummary(summary).WithDescription($"{description} Answers with the state reached.")
                .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    /// <summary>Nobody would remember it when the job has stopped.</summary>
    private static string? WhyNotResumed(JobView job) =>
        job.Status == JobStatus.Cancelling ? $"Job {job.JobId} is being cancelled and cannot be resumed. Retry it to keep it running." : null;

    private static async Task<Results<Ok<JobView>, ProblemHttpResult>> CommandAsync(
        HttpContext http, string id, JobIdLookup ids, IGrainFactory grains, Func<IJobGrain, AuditStamp, Task<JobView?>> command, Func<JobView, string?>? refusal, Func<JobView, Task<string?>>? over)
    {
        var (jobId, problem) = await ids.FindJobAsync(Tenants.Of(http), id, http.RequestAborted);
        if (jobId is null) return problem!;
        if (await grains.GetGrain<IJobGrain>(jobId).Get() is { } stands)
        {
            if (await Ownership.RefusalAsync(http, grains, stands) is { } foreign) return foreign;
            if (over is not null && await over(stands) is { } spent) return ApiProblems.OverBudget(spent);
        }
        if (await command(grains.GetGrain<IJobGrain>(jobId), http.Stamp()) is not { } view) return ApiProblems.NotFound($"There is no job '{id}'.");
        return refusal?.Invoke(view) is { } why ? ApiProblems.Conflict(why) : TypedResults.Ok(view);
    }
}
