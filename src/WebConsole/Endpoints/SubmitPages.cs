using Ptune.WebConsole.Frames;
using Ptune.WebConsole.Pages;
using Ptune.WebConsole.Sources;

namespace Ptune.WebConsole.Endpoints;

/// <summary>A spec is pasted and submitted.</summary>
internal static class SubmitPages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/submit", (HttpContext http, PageFrames frames) => frames.Of(http) is { Visitor.MaySubmit: true } frame ? Rendered.Page<SubmitPage>(frame) : Answers.Forbidden(http, frames, "submitter"));
        pages.MapPost("/submit", Submit);
    }

    private static async Task<IResult> Submit(HttpContext http, PageFrames frames, ISubmitSource submits)
    {
        if (!frames.Of(http).Visitor.MaySubmit) return Answers.Forbidden(http, frames, "submitter");
        var text = (await http.Request.ReadFormAsync(http.RequestAborted))["spec"].ToString();
        var answer = await submits.SubmitAsync(http, text);
        return answer.Path is { } path ? Answers.SeeOther(path) : Rendered.Page<SubmitPage>(StatusCodes.Status422UnprocessableEntity, frames.Of(http), ("Text", text), ("Answer", answer));
    }
}
