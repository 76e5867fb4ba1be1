using Ptune.WebConsole.Frames;
using Ptune.WebConsole.Pages;
using Ptune.WebConsole.Sources;

namespace Ptune.WebConsole.Endpoints;

/// <summary>Into the console and out of it.</summary>
internal static class LoginPages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/login", (HttpContext http, PageFrames frames, ILoginSource login, string? next) =>
            login.IsOpen ? Answers.SeeOther(LocalPath.Of(next)) : Rendered.Page<LoginPage>(frames.Of(http), ("Next", LocalPath.Of(next)))).AllowAnonymous();
        pages.MapPost("/login", Enter).AllowAnonymous();
        pages.MapPost("/logout", (HttpContext http, ILoginSource login) =>
        {
            login.Leave(http);
            return Answers.SeeOther("/login");
        }).AllowAnonymous();
    }

    private static async Task<IResult> Enter(HttpContext http, PageFrames frames, ILoginSource login)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var next = LocalPath.Of(form["next"]);
        return await login.EnterAsync(http, form["key"].ToString()) is not { } refusal
            ? Answers.SeeOther(next)
            : Rendered.Page<LoginPage>(StatusCodes.Status401Unauthorized, frames.Of(http), ("Next", next), ("Refusal", refusal));
    }
}
