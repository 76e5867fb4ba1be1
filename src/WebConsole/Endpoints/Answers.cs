using Ptune.WebConsole.Frames;
using Ptune.WebConsole.Pages;

namespace Ptune.WebConsole.Endpoints;

/// <summary>Answers that several pages give.</summary>
internal static class Answers
{
    public static IResult NotFound(HttpContext http, PageFrames frames, string noun, string name) =>
        Rendered.Page<ErrorPage>(StatusCodes.Status404NotFound, frames.Of(http), ("Title", "Not found"), ("Detail", $"There is no {noun} '{name}'."));

    /// <summary>After an action the browser opens a page, so that loading it again does nothing again.</summary>
    public static IResult SeeOther(string path) => new SeeOtherResult(path);
}
