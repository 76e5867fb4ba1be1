using Microsoft.Extensions.Options;
using Ptune.WebConsole.Frames;
using Ptune.WebConsole.Pages;
using Ptune.WebConsole.Security;

namespace Ptune.WebConsole.Endpoints;

/// <summary>In a browser, a problem is a page: an unknown address, a server that is just starting. Programs get problem+json as ever.</summary>
internal sealed class ProblemPages(IOptions<ProblemDetailsOptions> options) : IProblemDetailsWriter
{
    private static readonly string[] ForPrograms = ["/v1", "/openapi", "/metrics", "/health", "/dashboard"];

    public bool CanWrite(ProblemDetailsContext context)
    {
        var request = context.HttpContext.Request;
        return request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase) && !ForPrograms.Any(path => request.Path.StartsWithSegments(path, StringComparison.Ordinal));
    }

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var http = context.HttpContext;
        var problem = context.ProblemDetails;
        // Who adds an explanation to a problem adds it for people, too.
        options.Value.CustomizeProblemDetails?.Invoke(context);
        PageHeaders.Set(http);
        var status = problem.Status ?? http.Response.StatusCode;
        await Rendered.Page<ErrorPage>(
            status, http.RequestServices.GetRequiredService<PageFrames>().Of(http), ("Title", status == StatusCodes.Status404NotFound ? "Not found" : problem.Title ?? "That did not work"),
            ("Detail", problem.Detail ?? "The server could not do that.")).ExecuteAsync(http);
    }
}
