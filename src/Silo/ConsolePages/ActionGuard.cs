using Microsoft.AspNetCore.Http.HttpResults;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Studies;
using Ptune.Contracts.Sweeps;
using Ptune.Silo.Http;
using Ptune.Silo.Planning;
using Ptune.Silo.Security;

namespace Ptune.Silo.ConsolePages;

/// <summary>The console's actions on jobs, studies and sweeps go by the API's rule: a submitter handles what it has submitted, and a spent budget holds back what is to go on.</summary>
internal static class ActionGuard
{
    private const string Cancel = "cancel", Resume = "resume", Retry = "retry";

    public static async ValueTask<object?> CheckAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!HttpMethods.IsPost(http.Request.Method) || http.FindCaller() is not { } caller) return await next(context);
        var (ids, grains) = (http.RequestServices.GetRequiredService<JobIdLookup>(), http.RequestServices.GetRequiredService<IGrainFactory>());
        var budgets = http.RequestServices.GetRequiredService<BudgetCheck>();
        foreach (var (path, id, action) in await TargetsAsync(http))
        {
            if (caller.Is(Role.Operator) && action is not (Retry or Resume)) continue;
            IResult? refusal = path switch
            {
                "jobs" => (await ids.FindJobAsync(caller.Tenant, id, http.RequestAborted)).Id is { } job && await grains.GetGrain<IJobGrain>(job).Get() is { } view
                    ? await OfJobAsync(http, grains, view, action) ?? OverBudget(action switch { Retry => await budgets.RetryAsync(view), Resume => await budgets.ResumeAsync(view), _ => null }) : null,
                "studies" => (await ids.FindStudyAsync(caller.Tenant, id, http.RequestAborted)).Id is { } study && await grains.GetGrain<IStudyGrain>(study).Get() is { } view
                    ? Ownership.Refusal(http, view) ?? OverBudget(action == Retry ? await budgets.RetryAsync(view) : null) : null,
                "sweeps" => (await ids.FindSweepAsync(caller.Tenant, id, http.RequestAborted)).Id is { } sweep && await grains.GetGrain<ISweepGrain>(sweep).Get() is { } view
                    ? Ownership.Refusal(http, view) ?? OverBudget(action == Retry ? await budgets.RetryAsync(view) : null) : null,
                _ => null,
            };
            if (refusal is not null) return refusal;
        }
        return await next(context);
    }

    private static ProblemHttpResult? OverBudget(string? refusal) => refusal is null ? null : ApiProblems.OverBudget(refusal);

    /// <summary>The console cancels a job for everybody; a submitter may not do that to others who want it.</summary>
    private static async Task<IResult?> OfJobAsync(HttpContext http, IGrainFactory grains, JobView job, string action) =>
        await Ownership.RefusalAsync(http, grains, job)
        ?? (action == Cancel && !Ownership.IsOperator(http) && job.Submitters.Any(name => name != http.Caller().Name)
            ? ApiProblems.Forbidden($"Others have submitted the job {JobIds.Abbreviate(job.JobId)}, too: 'ptune cancel' withdraws your request alone.") : null);

    private static async Task<IEnumerable<(string Path, string Id, string Action)>> TargetsAsync(HttpContext http)
    {
        var path = http.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (path is ["jobs", "bulk"])
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            return form["id"].OfType<string>().Distinct().Select(id => ("jobs", id, form["action"].ToString()));
        }
        return path is [var noun, var one, var action] ? [(noun, one, action)] : [];
    }
}
