using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Orleans.Runtime;
using Ptune.Contracts.Http;
using Ptune.Contracts.Specs.Reading;
using Ptune.Silo.Configuration;

namespace Ptune.Silo.Http;

/// <summary>Whatever goes wrong is answered as problem+json.</summary>
internal static class ProblemResponses
{
    private static readonly string[] Known =
    [
        Routes.Jobs, Routes.Studies, Routes.Sweeps, Routes.Plan, Routes.Models, Routes.Patches, Routes.Rewards, Routes.Artifacts, Routes.Store, Routes.Pools, Routes.Workers, Routes.Waits, Routes.DeadLetters, Routes.Keys, Routes.Tenants, Routes.Issuers, Routes.WhoAmI, Routes.Version,
        "/openapi/v1.json", "/dashboard", "/metrics", "/health", "/health/live", "/health/ready",
    ];

    public static void AddProblemResponses(this IServiceCollection services)
    {
        services.AddProblemDetails(options => options.CustomizeProblemDetails = context => Complete(context.HttpContext, context.ProblemDetails));
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddExceptionHandler<ProblemExceptionHandler>();
    }

    /// <summary>Answers without a body get one: unknown addresses, wrong methods.</summary>
    private static void Complete(HttpContext http, ProblemDetails problem)
    {
        problem.Instance ??= http.Request.Path;
        if (problem.Detail is not null) return;
        switch (problem.Status)
        {
            case StatusCodes.Status404NotFound:
                var near = Nearest.Of(http.Request.Path.Value ?? "", Known);
                problem.Detail = $"There is nothing at {http.Request.Path}. {(near is null ? "The API is described at /openapi/v1.json." : $"Did you mean {near}?")}";
                if (near is not null) problem.Extensions[ApiProblems.Nearest] = near;
                break;
            case StatusCodes.Status413PayloadTooLarge:
                problem.Detail = LimitedBody.Words(http.RequestServices.GetRequiredService<HttpOptions>().MaxSpecBytes);
                break;
            case StatusCodes.Status405MethodNotAllowed:
                problem.Detail = $"{http.Request.Path} accepts {http.Response.Headers.Allow}, not {http.Request.Method}.";
                break;
        }
    }
}
