using Microsoft.AspNetCore.Http.HttpResults;
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
            login.IsOpen ? Answers.SeeOther(LocalPath.Of(next)) : Form(http, frames, login, LocalPath.Of(next))).AllowAnonymous();
        pages.MapPost("/login", Enter).AllowAnonymous();
        // A link and no form: the policy lets forms lead only to this server, and this one leads to the issuer.
        pages.MapGet("/login/{issuer}", Begin).AllowAnonymous();
        pages.MapPost("/logout", async (HttpContext http, PageFrames frames, ILoginSource login) => await login.LeaveAsync(http) is { } issuer ? LeadOn(http, frames, issuer) : Answers.SeeOther("/login")).AllowAnonymous();
    }

    private static async Task<IResult> Enter(HttpContext http, PageFrames frames, ILoginSource login)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var next = LocalPath.Of(form["next"]);
        return await login.EnterAsync(http, form["key"].ToString()) is not { } refusal ? Answers.SeeOther(next) : Form(http, frames, login, next, StatusCodes.Status401Unauthorized, refusal);
    }

    private static async Task<IResult> Begin(HttpContext http, PageFrames frames, ILoginSource login, string issuer, string? next)
    {
        if (login.Issuers.FirstOrDefault(known => known.Name == issuer) is not { Label: { } label }) return Answers.NotFound(http, frames, "login", issuer);
        return await login.BeginAsync(http, issuer, LocalPath.Of(next))
            ? Results.Empty
            : Form(http, frames, login, LocalPath.Of(next), StatusCodes.Status502BadGateway, $"{label} does not answer. Try again later, or log in with a key.");
    }

    private static RazorComponentResult<LoginPage> Form(HttpContext http, PageFrames frames, ILoginSource login, string next, int status = StatusCodes.Status200OK, string? refusal = null) =>
        Rendered.Page<LoginPage>(status, frames.Of(http), ("Next", next), ("Issuers", login.Issuers), ("Refusal", refusal));

    private static RazorComponentResult<LoggedOutPage> LeadOn(HttpContext http, PageFrames frames, (string Label, string Url) issuer)
    {
        http.Response.Headers["Refresh"] = $"0;url={issuer.Url}";
        return Rendered.Page<LoggedOutPage>(frames.Nobody(http), ("Issuer", issuer.Label), ("Url", issuer.Url));
    }
}
