using Ptune.Contracts.Identity;
using Ptune.WebConsole.Frames;
using Ptune.WebConsole.Pages;
using Ptune.WebConsole.Sources;

namespace Ptune.WebConsole.Endpoints;

/// <summary>A spec is pasted and submitted.</summary>
internal static class SubmitPages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        var acting = pages.MapGroup("").RequireAuthorization(nameof(Role.Submitter));
        acting.MapGet("/submit", (HttpContext http, PageFrames frames) => Rendered.Page<SubmitPage>(frames.Of(http)));
        acting.MapPost("/submit", Submit);
    }

    private static async Task<IResult> Submit(HttpContext http, PageFrames frames, ISubmitSource submits)
    {
        var text = (await http.Request.ReadFormAsync(http.RequestAborted))["spec"].ToString();
        var answer = await submits.SubmitAsync(http, text);
        return answer.Path is { } path ? Answers.SeeOther(path) : Rendered.Page<SubmitPage>(StatusCodes.Status422UnprocessableEntity, frames.Of(http), ("Text", text), ("Answer", answer));
    }
}
