using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Ptune.Contracts.Http;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Stores;
using Ptune.Contracts.Studies;
using Ptune.Silo.Admission;
using Ptune.Silo.Audit;
using Ptune.Silo.Planning;
using Ptune.Silo.Security;

namespace Ptune.Silo.Http;

/// <summary>Studies: submit, look, watch, cancel, retry.</summary>
internal static class StudyEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost(Routes.Studies, Submit).RequireAuthorization(Policies.Submitter).WithQuery("fresh").AcceptsSpecs(typeof(TransferStudySpec), typeof(LanguageStudySpec))
            .WithSummary("Submit a study").WithDescription("Its jobs that are in the store are not computed again, unless fresh=true. With an Idempotency-Key the request may be repeated: it returns the study that the first request reached.")
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status429TooManyRequests);
        api.MapGet(Routes.Studies, List).WithQuery("status", "name", "limit", "after")
            .WithSummary("List studies, newest first").WithDescription("status may list several, separated by commas.");
        api.MapGet(Routes.Study, (HttpContext http, string id, JobIdLookup ids, IGrainFactory grains) => ViewAsync(http, id, ids, grains, study => study.Get())).WithId()
            .WithSummary("A study").WithDescription("The id may be shortened to a unique prefix.");
        api.MapGet(Routes.StudyEvents, Events).WithId()
            .WithSummary("Watch a study").WithDescription("Server-sent events until the study is final: 'study', the whole of it at each change, and 'progress', an array with the progress of each running cell.");
        api.MapPost(Routes.StudyRetry, (HttpContext http, string id, JobIdLookup ids, IGrainFactory grains, BudgetCheck budgets) => ViewAsync(http, id, ids, grains, study => study.Retry(http.Stamp()), changes: true, budgets.RetryAsync)).RequireAuthorization(Policies.Submitter).WithId()
            .WithSummary("Retry a study").WithDescription("Jobs that failed or were cancelled are tried again, and then those that depend on them; a study that neither failed nor was cancelled stays as it is. Returns the resulting state.");
        api.MapPost(Routes.StudyCancel, (HttpContext http, string id, JobIdLookup ids, IGrainFactory grains) => ViewAsync(http, id, ids, grains, study => study.Cancel(http.Stamp()), changes: true)).RequireAuthorization(Policies.Submitter).WithId()
            .WithSummary("Cancel a study").WithDescription("Its jobs, except those that others have submitted too, write a checkpoint and stop.");
    }

    private static Task<Results<Accepted<StudyView>, ProblemHttpResult>> Submit(
        HttpContext http, Submits submits, IGrainFactory grains, [FromHeader(Name = Routes.IdempotencyKey)] string? key, bool fresh = false) =>
        submits.AnswerAsync(http, new StudySubmit(grains), key, fresh);

    private static async Task<Results<Ok<JobRow[]>, ProblemHttpResult>> List(HttpContext http, ICatalog catalog, string? status, string? name, int? limit, string? after)
    {
        if (Rows.CheckLimit(limit) is { } wrongLimit) return wrongLimit;
        var (statuses, wrongStatus) = Rows.Statuses(status);
        if (wrongStatus is not null) return wrongStatus;
        var query = new JobQuery { Tenant = Tenants.Of(http), Kind = SpecKinds.Study, Statuses = statuses, Name = name };
        return await Pages.OfJobsAsync(http, catalog, query, _ => true, after, limit);
    }

    private static async Task<Results<Ok<StudyView>, ProblemHttpResult>> ViewAsync(
        HttpContext http, string id, JobIdLookup ids, IGrainFactory grains, Func<IStudyGrain, Task<StudyView?>> command, bool changes = false, Func<StudyView, Task<string?>>? over = null)
    {
        var (studyId, refusal) = await ids.FindStudyAsync(Tenants.Of(http), id, http.RequestAborted);
        if (studyId is null) return refusal!;
        if (changes && await grains.GetGrain<IStudyGrain>(studyId).Get() is { } stands)
        {
            if (Ownership.Refusal(http, stands) is { } foreign) return foreign;
            if (over is not null && await over(stands) is { } spent) return ApiProblems.OverBudget(spent);
        }
        return await command(grains.GetGrain<IStudyGrain>(studyId)) is { } view ? TypedResults.Ok(view) : ApiProblems.NotFound($"There is no study '{id}'.");
    }

    private static async Task<Results<ServerSentEventsResult<object>, ProblemHttpResult>> Events(HttpContext http, string id, JobIdLookup ids, GraphWatch watch)
    {
        var (studyId, refusal) = await ids.FindStudyAsync(Tenants.Of(http), id, http.RequestAborted);
        if (studyId is null) return refusal!;
        return TypedResults.ServerSentEvents(watch.StudyAsync(studyId, http.RequestAborted));
    }
}
