using Microsoft.AspNetCore.Http.HttpResults;

namespace Ptune.Silo.ConsolePages;

/// <summary>Why the API would refuse a request, in its own words.</summary>
internal static class Refusals
{
    public static string Of(IResult result) => (result as ProblemHttpResult)?.ProblemDetails.Detail ?? "The server could not do that.";
}
