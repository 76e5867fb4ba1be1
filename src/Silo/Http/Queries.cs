using Ptune.Contracts.Specs.Reading;

namespace Ptune.Silo.Http;

/// <summary>Query parameters: an unknown one would be passed over in silence and give an answer to another question, so it is refused.</summary>
internal static class Queries
{
    public static RouteHandlerBuilder WithQuery(this RouteHandlerBuilder endpoint, params string[] names) => endpoint.AddEndpointFilter(async (context, next) =>
    {
        foreach (var key in context.HttpContext.Request.Query.Keys)
        {
            if (names.Contains(key, StringComparer.OrdinalIgnoreCase)) continue;
            var fix = names.Length == 0 ? "This address takes none." : Nearest.Of(key, names) is { } near ? $"Did you mean '{near}'?" : $"Known: {string.Join(", ", names)}.";
            return ApiProblems.BadRequest($"Unknown query parameter '{key}'. {fix}");
        }
        return await next(context);
    });

    /// <summary>For addresses with an id, which may be its beginning: unknown, or the beginning of several.</summary>
    public static RouteHandlerBuilder WithId(this RouteHandlerBuilder endpoint) =>
        endpoint.WithQuery().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
}
