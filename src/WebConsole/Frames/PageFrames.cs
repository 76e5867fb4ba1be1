using Microsoft.AspNetCore.Antiforgery;
using Ptune.WebConsole.Figures;
using Ptune.WebConsole.Sources;

namespace Ptune.WebConsole.Frames;

/// <summary>Makes the frame of a request's page.</summary>
internal sealed class PageFrames(IVisitors visitors, IAntiforgery antiforgery, JobFigures figures, TimeProvider time)
{
    public PageFrame Of(HttpContext http, Notice? notice = null)
    {
        var visitor = visitors.Of(http);
        return Of(http, visitor, visitor.Tenants ?? [.. figures.Tenants.Append(visitor.Tenant).Distinct().Order(StringComparer.Ordinal)], notice);
    }

    /// <summary>Of a page for one who has just been logged out: the request's visitor is gone.</summary>
    public PageFrame Nobody(HttpContext http) => Of(http, visitors.Of(http) with { Name = "", Tenants = [], Role = null }, [], null);

    private PageFrame Of(HttpContext http, Visitor visitor, string[] tenants, Notice? notice)
    {
        var tokens = antiforgery.GetAndStoreTokens(http);
        return new PageFrame(visitor, tenants, http.Request.Path + http.Request.QueryString, Theme.Of(http.Request), tokens.FormFieldName, tokens.RequestToken!, time.GetUtcNow(), notice);
    }
}
