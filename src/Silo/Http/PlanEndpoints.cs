using Microsoft.AspNetCore.Http.HttpResults;
using Ptune.Contracts.Http;
using Ptune.Contracts.Specs;
using Ptune.Silo.Admission;
using Ptune.Silo.Configuration;
using Ptune.Silo.Planning;

namespace Ptune.Silo.Http;

/// <summary>What a spec would compute.</summary>
internal static class PlanEndpoints
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost(Routes.Plan, Plan).WithQuery("fresh").AcceptsSpec<Spec>()
            .WithSummary("Plan a spec").WithDescription("Checks it like a submit, and answers with its defaults and its jobs; nothing is started. Of a sweep with early stopping the first rung is known. What is in the store has no estimate, unless fresh=true.")
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<Results<Ok<PlanView>, ProblemHttpResult>> Plan(HttpContext http, SpecAdmission admission, PlanReports plans, HttpOptions options, bool fresh = false)
    {
        var (text, refusal) = await SpecText.ReadAsync(http.Request, options.MaxSpecBytes);
        if (refusal is not null) return refusal;
        var tenant = Tenants.Of(http);
        var admitted = await admission.AdmitAsync(tenant, text!, http.RequestAborted);
        return admitted.Problems.Count > 0 ? ApiProblems.SpecErrors(admitted.Problems) : TypedResults.Ok(await plans.PlanAsync(tenant, admitted, fresh, http.RequestAborted));
    }
}
