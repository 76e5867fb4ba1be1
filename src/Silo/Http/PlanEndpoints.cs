using Microsoft.AspNetCore.Http.HttpResults;
using Ptune.Contracts.Http;
using Ptune.Contracts.Specs;
using Ptune.Silo.Admission;
using Ptune.Silo.Configuration;
using Ptune.Silo.Planning;
using Ptune.Silo.Security;

namespace Ptune.Silo.Http;

/// <summary>What a spec would compute.</summary>
internal static class PlanEndpoints
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost(Routes.Plan, Plan).WithQuery("fresh").AcceptsSpec<Spec>()
            .WithSummary("Plan a spec").WithDescription("Checks the spec as a submit does, and returns it with its defaults and its jobs; nothing is started. For a sweep with early stopping, only the first rung is known. Jobs whose results are in the store have no estimate, unless fresh=true.")
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<Results<Ok<PlanView>, ProblemHttpResult>> Plan(HttpContext http, SpecAdmission admission, PlanReports plans, HttpOptions options, bool fresh = false)
    {
        var (text, refusal) = await SpecText.ReadAsync(http.Request, options.MaxSpecBytes);
        if (refusal is not null) return refusal;
        var tenant = Tenants.Of(http);
        var admitted = await admission.AdmitAsync(http.Caller(), text!, http.RequestAborted, starts: false);
        return admitted.Problems.Count > 0 ? ApiProblems.SpecErrors(admitted.Problems) : TypedResults.Ok(await plans.PlanAsync(tenant, admitted, fresh, http.RequestAborted));
    }
}
