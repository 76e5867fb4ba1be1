using Ptune.Contracts.Identity;
using Ptune.WebConsole.Frames;
using Ptune.WebConsole.Pages;
using Ptune.WebConsole.Sources;

namespace Ptune.WebConsole.Endpoints;

/// <summary>The audit trail, for operators.</summary>
internal static class AuditPages
{
    private const int Size = 100;

    public static void Map(IEndpointRouteBuilder pages)
    {
        var operators = pages.MapGroup("").RequireAuthorization(nameof(Role.Operator));
        operators.MapGet("/audit", (HttpContext http, PageFrames frames, IAuditSource audit) => PageAsync(http, frames, audit, verify: false));
        operators.MapGet("/audit/verify", (HttpContext http, PageFrames frames, IAuditSource audit) => PageAsync(http, frames, audit, verify: true));
    }

    private static async Task<IResult> PageAsync(HttpContext http, PageFrames frames, IAuditSource audit, bool verify)
    {
        var filter = AuditFilter.Of(http.Request.Query);
        var page = await audit.ReadAsync(http, filter, Size);
        return Rendered.Page<Audit>(
            page.Refusal is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest, frames.Of(http), ("Page", page), ("Filter", filter), ("Verified", verify ? await audit.VerifyAsync(http) : null));
    }
}
