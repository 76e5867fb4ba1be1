using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Contracts.Stores;
using Ptune.Silo.Admission;
using Ptune.Silo.Audit;
using Ptune.Silo.Security;

namespace Ptune.Silo.Http;

/// <summary>Jobs: submit, look, watch, cancel.</summary>
internal static partial class JobEndpoints
{
    private const string DefaultAsker = "client";

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost(Routes.Jobs, Submit).RequireAuthorization(Policies.Submitter).WithQuery("asker", "fresh", "move").AcceptsSpec<JobSpec>()
            .WithSummary("Submit a job").WithDescription("The same work is always the same job: submitting it again joins it, or returns its result at once. fresh=true computes it anew. move=true lets the spec's publish take a name from another artifact. With an Idempotency-Key the request may be repeated: it returns the job that the first request reached.")
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status429TooManyRequests);
        api.MapGet(Routes.Jobs, List).WithQuery("kind", "status", "pool", "name", "limit", "after")
            .WithSummary("List jobs, newest first").WithDescription("status may list several, separated by commas.");
        api.MapGet(Routes.Job, Get).WithQuery().WithSummary("A job").WithDescription("The id may be shortened to a unique prefix.")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        api.MapGet(Routes.JobEvents, Events).WithQuery()
            .WithSummary("Watch a job").WithDescription("Server-sent events named 'job', one for each change, until the job is final.")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        api.MapPost(Routes.JobCancel, Cancel).RequireAuthorization(Policies.Submitter).WithQuery("asker")
            .WithSummary("Cancel a job").WithDescription("Its worker writes a checkpoint and stops. With asker, only that asker's request is withdrawn; the job stops when no other asker is left.")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        MapHolding(api);
    }

    private static Task<Results<Accepted<JobView>, ProblemHttpResult>> Submit(
        HttpContext http, Submits submits, IGrainFactory grains, string? asker, [FromHeader(Name = Routes.IdempotencyKey)] string? key, bool fresh = false, bool move = false) =>
        move && !Ownership.IsOperator(http)
            ? Task.FromResult<Results<Accepted<JobView>, ProblemHttpResult>>(ApiProblems.Forbidden("Moving a name from another artifact needs the role operator. Take another version, or ask one."))
            : submits.AnswerAsync(http, new JobSubmit(grains, Ownership.Asker(http, asker, DefaultAsker)!), key, fresh, move);

    private static async Task<Results<Ok<JobRow[]>, ProblemHttpResult>> List(
        HttpContext http, ICatalog catalog, string? kind, string? status, string? pool, string? name, int? limit, string? after)
    {
        if (Rows.CheckLimit(limit) is { } wrongLimit) return wrongLimit;
        var (statuses, wrongStatus) = Rows.Statuses(status);
        if (wrongStatus is not null) return wrongStatus;
        if (kind is not null && !SpecKinds.OfJobs.Contains(kind))
            return ApiProblems.BadRequest($"'{kind}' is not a kind of job. {(Nearest.Of(kind, SpecKinds.OfJobs) is { } near ? $"Did you mean '{near}'?" : $"Known: {string.Join(", ", SpecKinds.OfJobs)}.")}");
        var query = new JobQuery { Tenant = Tenants.Of(http), Kind = kind, Statuses = statuses, Pool = pool, Name = name };
        return await Pages.OfJobsAsync(http, catalog, query, row => SpecKinds.IsOfJob(row.Kind), after, limit);
    }

    private static async Task<Results<Ok<JobView>, ProblemHttpResult>> Get(HttpContext http, string id, JobIdLookup ids, IGrainFactory grains)
    {
        var (jobId, refusal) = await ids.FindJobAsync(Tenants.Of(http), id, http.RequestAborted);
        if (jobId is null) return refusal!;
        return await grains.GetGrain<IJobGrain>(jobId).Get() is { } view ? TypedResults.Ok(view) : ApiProblems.NotFound($"There is no job '{id}'.");
    }

    private static async Task<Results<ServerSentEventsResult<JobView>, ProblemHttpResult>> Events(HttpContext http, string id, JobIdLookup ids, JobWatch watch)
    {
        var (jobId, refusal) = await ids.FindJobAsync(Tenants.Of(http), id, http.RequestAborted);
        if (jobId is null) return refusal!;
        return TypedResults.ServerSentEvents(watch.FollowAsync(jobId, http.RequestAborted), eventType: "job");
    }

    private static async Task<Results<Ok<JobView>, ProblemHttpResult>> Cancel(HttpContext http, string id, JobIdLookup ids, IGrainFactory grains, string? asker)
    {
        var (jobId, refusal) = await ids.FindJobAsync(Tenants.Of(http), id, http.RequestAborted);
        if (jobId is null) return refusal!;
        var job = grains.GetGrain<IJobGrain>(jobId);
        if (await job.Get() is { } stands && await Ownership.RefusalAsync(http, grains, stands) is { } foreign) return foreign;
        // A submitter withdraws its own request; the job stops when no other is left. An operator stops the job, unless it says whose request is withdrawn.
        var withdrawn = Ownership.IsOperator(http) ? asker : Ownership.Asker(http, asker, null);
        return await job.Cancel(withdrawn, http.Stamp()) is { } view ? TypedResults.Ok(view) : ApiProblems.NotFound($"There is no job '{id}'.");
    }
}
