using Microsoft.AspNetCore.Http.HttpResults;
using Ptune.Contracts.Http;
using Ptune.Contracts.Specs.Reading;

namespace Ptune.Silo.Http;

/// <summary>The refusals that a caller may expect, as problem+json: what is wrong, and what to do.</summary>
internal static class ApiProblems
{
    /// <summary>The extension that names the nearest known thing.</summary>
    public const string Nearest = "nearest";

    private const int UsesNamed = 5;

    public static ProblemHttpResult NotFound(string detail, string? nearest = null) => TypedResults.Problem(
        nearest is null ? detail : $"{detail} Did you mean {nearest}?",
        statusCode: StatusCodes.Status404NotFound,
        title: "Not found",
        extensions: nearest is null ? null : new Dictionary<string, object?> { [Nearest] = nearest });

    public static ProblemHttpResult Ambiguous(string prefix, IReadOnlyList<string> candidates) => TypedResults.Problem(
        $"'{prefix}' matches several ids: {string.Join(", ", candidates)}. Give more characters.",
        statusCode: StatusCodes.Status409Conflict,
        title: "Ambiguous id",
        extensions: new Dictionary<string, object?> { ["candidates"] = candidates });

    public static ProblemHttpResult Forbidden(string detail) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status403Forbidden, title: "Forbidden");

    public static ProblemHttpResult Conflict(string detail) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status409Conflict, title: "Conflict");

    public static ProblemHttpResult InUse(string reference, IReadOnlyList<ArtifactUse> uses)
    {
        var named = string.Join("; ", uses.Take(UsesNamed).Select(use => use.Detail));
        var more = uses.Count > UsesNamed ? $"; and {uses.Count - UsesNamed} more" : "";
        return TypedResults.Problem(
            $"'{reference}' is in use: {named}{more}.{(uses.Any(use => use.Kind == "name") ? " Names are removed with it by --names (in the API: names=true)." : "")}",
            statusCode: StatusCodes.Status409Conflict, title: "In use", extensions: new Dictionary<string, object?> { [Routes.Uses] = uses });
    }

    public static ProblemHttpResult QueueFull(string detail) =>
        TypedResults.Problem($"{detail} Submit again when some of them have started, or cancel some.", statusCode: StatusCodes.Status429TooManyRequests, title: "Too many queued jobs");

    public static ProblemHttpResult OverBudget(string detail) =>
        TypedResults.Problem($"{detail} {OverBudgetHelp}", statusCode: StatusCodes.Status409Conflict, title: "Over budget");

    /// <summary>What to do about it.</summary>
    public const string OverBudgetHelp = "Cancel work that waits, wait for the next month, or ask an admin for a larger budget.";

    public static ProblemHttpResult BadRequest(string detail) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status400BadRequest, title: "Bad request");

    public static ProblemHttpResult SpecErrors(IReadOnlyList<SpecProblem> problems) => TypedResults.Problem(
        problems.Count == 1 ? problems[0].Message : $"The spec has {Number(problems)} mistakes; nothing was started.",
        statusCode: StatusCodes.Status422UnprocessableEntity,
        title: "The spec cannot be used",
        extensions: new Dictionary<string, object?> { [Routes.SpecErrors] = problems });

    /// <summary>The last one of a cut list only says how many were left out.</summary>
    private static string Number(IReadOnlyList<SpecProblem> problems) =>
        problems.Count > SpecLimits.Problems ? $"more than {SpecLimits.Problems}" : $"{problems.Count}";
}
