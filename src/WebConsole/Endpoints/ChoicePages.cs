using Ptune.Contracts.Identity;
using Ptune.WebConsole.Frames;
using Ptune.WebConsole.Sources;

namespace Ptune.WebConsole.Endpoints;

/// <summary>What a visitor chooses for all pages: colours, and the tenant.</summary>
internal static class ChoicePages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPost("/theme", (Delegate)SetTheme).AllowAnonymous();
        pages.MapPost("/tenant", SetTenant);
    }

    private static async Task<IResult> SetTheme(HttpContext http)
    {
        Keep(http, Theme.Cookie, Theme.Checked((await http.Request.ReadFormAsync(http.RequestAborted))["theme"]));
        return Answers.SeeOther(Back(http));
    }

    private static async Task<IResult> SetTenant(HttpContext http, PageFrames frames)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var tenant = form["tenant"].ToString();
        if (!JobIds.IsTenant(tenant) || frames.Of(http).Visitor.Tenants is { } own && !own.Contains(tenant)) return Answers.NotFound(http, frames, "tenant", tenant);
        Keep(http, TenantCookie.Name, tenant);
        return Answers.SeeOther(LocalPath.Of(form["to"]));
    }

    /// <summary>The page whose form was used; the browser says it to its own server only.</summary>
    private static string Back(HttpContext http) =>
        Uri.TryCreate(http.Request.Headers.Referer, UriKind.Absolute, out var page) && page.Authority == http.Request.Host.Value ? page.PathAndQuery : "/";

    private static void Keep(HttpContext http, string name, string value) => http.Response.Cookies.Append(
        name, value, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps, MaxAge = TimeSpan.FromDays(365), Path = "/", IsEssential = true });
}
