using Microsoft.AspNetCore.Antiforgery;
using Ptune.WebConsole.Figures;
using Ptune.WebConsole.Sources;

namespace Ptune.WebConsole.Frames;

/// <summary>Makes the frame of a request's page.</summary>
internal sealed class PageFrames(IVisitors visitors, IAntiforgery antiforgery, JobFigures figures, TimeProvider time)
{
    public PageFrame Of(HttpContext http, Notice? notice = null)
    {
        var tokens = antiforgery.GetAndStoreTokens(http);
        var visitor = visitors.Of(http);
        return new PageFrame(
            visitor, visitor.Tenants ?? [.. figures.Tenants.Append(visitor.Tenant).Distinct().Order(StringComparer.Ordinal)], http.Request.Path + http.Request.QueryString, Theme.Of(http.Request), tokens.FormFieldName, tokens.RequestToken!, time.GetUtcNow(), notice);
    }
}
