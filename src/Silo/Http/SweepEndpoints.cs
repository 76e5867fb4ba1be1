using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Ptune.Contracts.Http;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Stores;
using Ptune.Contracts.Sweeps;
using Ptune.Silo.Admission;
using Ptune.Silo.Audit;
using Ptune.Silo.Planning;
using Ptune.Silo.Security;

namespace Ptune.Silo.Http;

/// <summary>Sweeps: submit, look, watch, cancel, retry.</summary>
internal static class SweepEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost(Routes.Sweeps, Submit).RequireAuthorization(Policies.Submitter).WithQuery("fresh").AcceptsSpec<SweepSpec>()
            .WithSummary("Submit a sweep").WithDescription("Its jobs that are in the store are not computed again, unless fresh=true. A failed or cancelled sweep continues with what is missing. With an Idempotency-Key the request may be repeated: it returns the sweep that the first request reached.")
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status429TooManyRequests);
        api.MapGet(Routes.Sweeps, List).WithQuery("status", "name", "limit", "after")
            .WithSummary("List sweeps, newest first").WithDescription("status may list several, separated by commas.");
        api.MapGet(Routes.Sweep, (HttpContext http, string id, JobIdLookup ids, IGrainFactory grains) => ViewAsync(http, id, ids, grains, sweep => sweep.Get())).WithId()
            .WithSummary("A sweep").WithDescription("The id may be shortened to a unique prefix.");
        api.MapGet(Routes.SweepEvents, Events).WithId()
            .WithSummary("Watch a sweep").WithDescription("Server-sent events until the sweep is final: 'sweep', the whole of it at each change, and 'progress', an array with the progress of each running job.");
        api.MapPost(Routes.SweepCancel, (HttpContext http, string id, JobIdLookup ids, IGrainFactory grains) => ViewAsync(http, id, ids, grains, sweep => sweep.Cancel(http.Stamp()), changes: true)).RequireAuthorization(Policies.Submitter).WithId()
            .WithSummary("Cancel a sweep").WithDescription("Its jobs, except those that others have submitted too, write a checkpoint and stop.");
        api.MapPost(Routes.SweepRetry, (HttpContext http, string id, JobIdLookup ids, IGrainFactory grains, BudgetCheck budgets) => ViewAsync(http, id, ids, grains, sweep => sweep.Retry(http.Stamp()), changes: true, budgets.RetryAsync)).RequireAuthorization(Policies.Submitter).WithId()
            .WithSummary("Retry a sweep").WithDescription("Trials that failed or were cancelled are tried again, also of a sweep that succeeded without them. Returns the resulting state.");
    }

    private static Task<Results<Accepted<SweepView>, ProblemHttpResult>> Submit(
        HttpContext http, Submits submits, IGrainFactory grains, [FromHeader(Name = Routes.IdempotencyKey)] string? key, bool fresh = false) =>
        submits.AnswerAsync(http, new SweepSubmit(grains), key, fresh);

    private static async Task<Results<Ok<JobRow[]>, ProblemHttpResult>> List(HttpContext http, ICatalog catalog, string? status, string? name, int? limit, string? after)
    {
        if (Rows.CheckLimit(limit) is { } wrongLimit) return wrongLimit;
        var (statuses, wrongStatus) = Rows.Statuses(status);
        if (wrongStatus is not null) return wrongStatus;
        var query = new JobQuery { Tenant = Tenants.Of(http), Kind = SpecKinds.Sweep, Statuses = statuses, Name = name };
        return await Pages.OfJobsAsync(http, catalog, query, _ => true, after, limit);
    }

    private static async Task<Results<Ok<SweepView>, ProblemHttpResult>> ViewAsync(
        HttpContext http, string id, JobIdLookup ids, IGrainFactory grains, Func<ISweepGrain, Task<SweepView?>> command, bool changes = false, Func<SweepView, Task<string?>>? over = null)
    {
        var (sweepId, refusal) = await ids.FindSweepAsync(Tenants.Of(http), id, http.RequestAborted);
        if (sweepId is null) return refusal!;
        if (changes && await grains.GetGrain<ISweepGrain>(sweepId).Get() is { } stands)
        {
            if (Ownership.Refusal(http, stands) is { } foreign) return foreign;
            if (over is not null && await over(stands) is { } spent) return ApiProblems.OverBudget(spent);
        }
        return await command(grains.GetGrain<ISweepGrain>(sweepId)) is { } view ? TypedResults.Ok(view) : ApiProblems.NotFound($"There is no sweep '{id}'.");
    }

    private static async Task<Results<ServerSentEventsResult<object>, ProblemHttpResult>> Events(HttpContext http, string id, JobIdLookup ids, GraphWatch watch)
    {
        var (sweepId, refusal) = await ids.FindSweepAsync(Tenants.Of(http), id, http.RequestAborted);
        if (sweepId is null) return refusal!;
        return TypedResults.ServerSentEvents(watch.SweepAsync(sweepId, http.RequestAborted));
    }
}
