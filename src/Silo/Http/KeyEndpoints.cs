using Microsoft.AspNetCore.Http.HttpResults;
using Ptune.Contracts.Audit;
using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Grains.Identity;
using Ptune.Silo.Audit;
using Ptune.Silo.Security;

namespace Ptune.Silo.Http;

/// <summary>API keys: make, list, revoke. An operator has those of its tenant, an admin all.</summary>
internal static class KeyEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost(Routes.Keys, Create).RequireAuthorization(Policies.Operator).WithQuery().WithSummary("Create an API key")
            .WithDescription("The answer holds the key; it is not told again. A key may do no more than the caller.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        api.MapGet(Routes.Keys, List).RequireAuthorization(Policies.Operator).WithQuery("tenant").WithSummary("API keys, oldest first")
            .WithDescription("Without their secrets, those that have expired or were revoked included. An admin sees the keys of all tenants, or of one.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapDelete(Routes.ApiKey, Revoke).RequireAuthorization(Policies.Operator).WithQuery().WithSummary("Revoke an API key")
            .WithDescription("When the answer comes, the key is refused on all silos. A key that was revoked stays in the listing.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    internal static async Task<Results<Created<ApiKeyCreated>, ProblemHttpResult>> Create(HttpContext http, ApiKeyRequest request, ApiKeys keys, AuditLog audit, TenantBook tenants)
    {
        if (ApiKeyRules.Problem(request) is { } problem) return ApiProblems.BadRequest(problem);
        var caller = http.Caller();
        var tenant = ApiKeyRules.Tenant(request, caller.Tenant);
        if (!caller.Is(request.Role)) return ApiProblems.Forbidden($"A key may do no more than you may: you are {caller.Role.Word()}.");
        if (!caller.Is(Role.Admin) && tenant != caller.Tenant) return NoTenant(tenant);
        if (caller.Is(Role.Admin) && tenant is not (ApiKeyView.AllTenants or JobIds.DefaultTenant) && await tenants.FindAsync(tenant) is null) return NoTenant(tenant);
        return await audit.AroundAsync(
            http, AuditChains.System, AuditActions.KeyCreate, ApiKeyRules.Target(request), null, ApiKeyRules.Words(request, tenant),
            () => keys.CreateAsync(request.Role, tenant, request.Name, ApiKeyRules.Lifetime(request), caller.Name)) is { } created
            ? TypedResults.Created($"{Routes.Keys}/{created.Details.Id}", created)
            : ApiProblems.Conflict($"There are {IApiKeyIndexGrain.Most} keys, the most that there may be.");
    }

    internal static async Task<Results<Ok<ApiKeyView[]>, ProblemHttpResult>> List(HttpContext http, ApiKeys keys, string? tenant)
    {
        var caller = http.Caller();
        if (caller.Is(Role.Admin)) return TypedResults.Ok(await keys.ListAsync(tenant));
        return tenant is null || tenant == caller.Tenant ? TypedResults.Ok(await keys.ListAsync(caller.Tenant)) : NoTenant(tenant);
    }

    internal static async Task<Results<Ok<ApiKeyView>, ProblemHttpResult>> Revoke(HttpContext http, string id, ApiKeys keys, AuditLog audit)
    {
        var caller = http.Caller();
        if (await keys.FindAsync(id) is not { } key || (!caller.Is(Role.Admin) && key.Tenant != caller.Tenant)) return ApiProblems.NotFound($"There is no key '{id}'.");
        return TypedResults.Ok((await audit.AroundAsync(
            http, AuditChains.System, AuditActions.KeyRevoke, id, $"{key.Role.Word()} of {key.Tenant}, named {key.Name}", "revoked", () => keys.RevokeAsync(id, caller.Name)))!);
    }

    private static ProblemHttpResult NoTenant(string tenant) => ApiProblems.NotFound($"There is no tenant '{tenant}'.");
}
