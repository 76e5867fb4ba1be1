using System.Text;
using Ptune.Silo.Security;

namespace Ptune.Silo.Telemetry;

/// <summary>Adds the figures of pools and budgets to the page that OpenTelemetry's exporter writes.</summary>
internal sealed class PoolPage(RequestDelegate next, PoolFigures figures, BudgetFigures budgets)
{
    /// <summary>OpenMetrics takes nothing after this line; in the plain text format it is a comment.</summary>
    private static readonly byte[] s_end = "# EOF\n"u8.ToArray();

    public async Task InvokeAsync(HttpContext http)
    {
        var response = http.Response.Body;
        using var others = new MemoryStream();
        http.Response.Body = others;
        try
        {
            await next(http);
        }
        finally
        {
            http.Response.Body = response;
        }
        var page = others.GetBuffer().AsMemory(0, (int)others.Length);
        var isPage = http.Response.StatusCode == StatusCodes.Status200OK;
        var hasEnd = page.Span.EndsWith(s_end);
        http.Response.ContentLength = null;
        await response.WriteAsync(isPage && hasEnd ? page[..^s_end.Length] : page, http.RequestAborted);
        if (!isPage) return;
        Func<string, bool>? sees = http.FindCaller() is { } caller ? caller.HasTenant : null;
        await response.WriteAsync(Encoding.UTF8.GetBytes(figures.Text(sees) + budgets.Text(sees)), http.RequestAborted);
        if (hasEnd) await response.WriteAsync(s_end, http.RequestAborted);
    }
}
