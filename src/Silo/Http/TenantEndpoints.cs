using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Ptune.Contracts.Audit;
using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;
using Ptune.Grains.Identity;
using Ptune.Silo.Audit;
using Ptune.Silo.Pools;
using Ptune.Silo.Security;

namespace Ptune.Silo.Http;

/// <summary>Tenants: an admin makes and changes them, everybody sees its own.</summary>
internal static class TenantEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost(Routes.Tenants, Create).RequireAuthorization(Policies.Admin).WithQuery().WithSummary("Create a tenant")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict);
        api.MapGet(Routes.Tenants, List).WithQuery().WithSummary("Tenants, by name").WithDescription("Those that the caller may choose, each with what it has spent and reserved of its budget.");
        api.MapGet(Routes.Tenant, Get).WithQuery().WithSummary("A tenant").ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPut(Routes.Tenant, Set).RequireAuthorization(Policies.Admin).WithQuery().WithSummary("Set what a tenant may have")
            .WithDescription("The whole of it: what is left out has no limit. Pools go by new weights and quotas within seconds; jobs that run are not stopped.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
    }

    internal static async Task<Results<Created<TenantView>, ProblemHttpResult>> Create(HttpContext http, TenantRequest request, IGrainFactory grains, TenantBook book, AuditLog audit)
    {
        if (TenantRules.Problem(request) is { } problem) return ApiProblems.BadRequest(problem);
        var settings = request.Settings ?? new TenantSettings();
        if (await audit.AroundAsync(http, AuditChains.System, AuditActions.TenantCreate, request.Name, null, Words(settings), () => Tenants(grains).Create(request.Name, settings, http.Caller().Name)) is not { } tenant)
            return ApiProblems.Conflict(Array.Exists(await Tenants(grains).All(), known => known.Name == request.Name)
                ? $"There is a tenant '{request.Name}' already." : $"There are {ITenantsGrain.Most:N0} tenants, the most that there may be.");
        await book.RefreshAsync();
        return TypedResults.Created($"{Routes.Tenants}/{tenant.Name}", await TenantUse.OfAsync(grains, tenant));
    }

    private static async Task<Ok<TenantView[]>> List(HttpContext http, IGrainFactory grains) =>
        TypedResults.Ok(await TenantUse.OfAsync(grains, (await Tenants(grains).All()).Where(tenant => http.Caller().HasTenant(tenant.Name))));

    internal static async Task<Results<Ok<TenantView>, ProblemHttpResult>> Get(HttpContext http, string name, IGrainFactory grains) =>
        http.Caller().HasTenant(name) && Array.Find(await Tenants(grains).All(), tenant => tenant.Name == name) is { } found ? TypedResults.Ok(await TenantUse.OfAsync(grains, found)) : Unknown(name);

    internal static async Task<Results<Ok<TenantView>, ProblemHttpResult>> Set(HttpContext http, string name, TenantSettings settings, IGrainFactory grains, TenantBook book, AuditLog audit)
    {
        if (TenantRules.Problem(settings) is { } problem) return ApiProblems.BadRequest(problem);
        if (Array.Find(await Tenants(grains).All(), known => known.Name == name) is not { } before) return Unknown(name);
        var tenant = await audit.AroundAsync(
            http, AuditChains.System, AuditActions.TenantSet, name, Words(before.Settings), Words(settings), () => Tenants(grains).Set(name, settings, http.Caller().Name));
        if (tenant is null) return Unknown(name);
        await book.RefreshAsync();
        return TypedResults.Ok(await TenantUse.OfAsync(grains, tenant));
    }

    private static string Words(TenantSettings settings) => JsonSerializer.Serialize(settings, SpecJson.Options);

    private static ITenantsGrain Tenants(IGrainFactory grains) => grains.GetGrain<ITenantsGrain>(ITenantsGrain.Key);

    private static ProblemHttpResult Unknown(string name) => ApiProblems.NotFound($"There is no tenant '{name}'.");
}
