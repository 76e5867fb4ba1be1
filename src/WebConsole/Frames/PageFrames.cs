using Microsoft.AspNetCore.Antiforgery;
using Ptune.WebConsole.Sources;

namespace Ptune.WebConsole.Frames;

/// <summary>Makes the frame of a request's page.</summary>
internal sealed class PageFrames(IVisitors visitors, IAntiforgery antiforgery, TimeProvider time)
{
    public PageFrame Of(HttpContext http, Notice? notice = null)
    {
        var tokens = antiforgery.GetAndStoreTokens(http);
        return new PageFrame(
            visitors.Of(http), http.Request.Path + http.Request.QueryString, Theme.Of(http.Request), tokens.FormFieldName, tokens.RequestToken!, time.GetUtcNow(), notice);
    }
}
