using Microsoft.AspNetCore.Http.HttpResults;
using Ptune.Contracts.Http;
using Ptune.Contracts.Registry;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Contracts.Stores;
using Ptune.Silo.Admission;
using Ptune.Silo.Artifacts;
using Ptune.Silo.Audit;
using Ptune.Silo.Security;

namespace Ptune.Silo.Http;

/// <summary>Names of artifacts: what they stand for, and what they have stood for.</summary>
internal static class NameEndpoints
{
    private const int LongestBy = 200;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet(Routes.Name, Get).WithQuery().WithSummary("A name and its history").ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPut(Routes.Name, Set).RequireAuthorization(Policies.Operator).WithQuery().WithSummary("Set a name").WithDescription("A name that stands for another artifact is moved only with \"move\": true. One of the models that the tenant may start from is set by admins only.")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        api.MapDelete(Routes.Name, Remove).RequireAuthorization(Policies.Operator).WithQuery().WithSummary("Remove a name").WithDescription("The artifact stays, and so does the name's history.").ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<NameView>, ProblemHttpResult>> Get(HttpContext http, string name, IGrainFactory grains, ICatalog catalog) =>
        Wrong(name) is { } problem ? problem : await ViewAsync(http, name, grains) is { } view ? TypedResults.Ok(view) : await UnknownAsync(http, name, catalog);

    private static async Task<Results<Ok<NameView>, ProblemHttpResult>> Set(HttpContext http, string name, NameRequest request, IGrainFactory grains, ArtifactLookup artifacts, TenantCheck check)
    {
        if (Wrong(name) is { } problem) return problem;
        if (check.NameProblem(http.Caller(), name) is { } reserved) return ApiProblems.Forbidden(reserved);
        if (request.By is { } by && (by.Length > LongestBy || by.Any(char.IsControl))) return ApiProblems.BadRequest($"'by' may have at most {LongestBy} characters, and no control characters.");
        var tenant = Tenants.Of(http);
        var match = await artifacts.FindAsync(tenant, request.Reference ?? "", http.RequestAborted);
        if (match.Row is not { } row) return ArtifactEndpoints.Refusal(request.Reference ?? "", match);
        var (key, version) = RegistryKeys.Of(tenant, name);
        var reply = await grains.GetGrain<IRegistryGrain>(key).Set(version, row.Digest, request.Move, request.By, http.Stamp());
        return reply.Outcome switch
        {
            NameOutcome.Taken => ApiProblems.Conflict($"{name} stands for {reply.Row.Digest}. Move it to {row.Digest} with --move (in the API: \"move\": true), or take another version."),
            NameOutcome.Removed => ApiProblems.Conflict($"{row.Digest} was removed, or is just being removed, from the store: {name} was not set."),
            _ => TypedResults.Ok((await ViewAsync(http, name, grains))!),
        };
    }

    private static async Task<Results<Ok<NameView>, ProblemHttpResult>> Remove(HttpContext http, string name, IGrainFactory grains, ICatalog catalog)
    {
        if (Wrong(name) is { } problem) return problem;
        var (key, version) = RegistryKeys.Of(Tenants.Of(http), name);
        return await grains.GetGrain<IRegistryGrain>(key).Remove(version, digest: null, by: null, http.Stamp()) is null
            ? await UnknownAsync(http, name, catalog)
            : TypedResults.Ok((await ViewAsync(http, name, grains))!);
    }

    private static async Task<NameView?> ViewAsync(HttpContext http, string name, IGrainFactory grains)
    {
        var (key, _) = RegistryKeys.Of(Tenants.Of(http), name);
        var rows = (await grains.GetGrain<IRegistryGrain>(key).History()).Where(row => row.Alias == name).ToArray();
        return rows.Length == 0 ? null : new NameView(name, Digest(rows[^1]), [.. rows.Select(row => new NameChange(Digest(row), row.Updated, row.By))]);
    }

    private static string? Digest(AliasRow row) => row.Digest.Length > 0 ? row.Digest : null;

    private static ProblemHttpResult? Wrong(string name) =>
        InputRef.IsAlias(name) ? null : ApiProblems.BadRequest($"'{name}' is not a name: write NAME@VERSION with letters, digits, '.', '_' and '-', each beginning with a letter or digit.");

    private static async Task<ProblemHttpResult> UnknownAsync(HttpContext http, string name, ICatalog catalog)
    {
        var known = await catalog.ListAliasesAsync(Tenants.Of(http), http.RequestAborted).Select(row => row.Alias).ToListAsync(http.RequestAborted);
        return ApiProblems.NotFound($"There is no name '{name}'.", Nearest.Of(name, known));
    }
}
