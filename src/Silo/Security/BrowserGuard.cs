using Ptune.Silo.Configuration;

namespace Ptune.Silo.Security;

/// <summary>
/// Where no key is needed, any page that the user's browser shows could speak to the loopback address: by a form (no preflight) or by a name that is
/// made to point to 127.0.0.1. So an open server answers only to loopback names, and takes no write that another site started.
/// </summary>
internal sealed class BrowserGuard(RequestDelegate next, HttpOptions options)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (Refusal(http.Request) is { } refusal)
            await TypedResults.Problem(refusal, statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(http);
        else
            await next(http);
    }

    private string? Refusal(HttpRequest request)
    {
        if (options.RequiresAccess) return null;
        if (!HttpOptionsValidator.IsLoopback(request.Host.Host))
            return $"This server answers to localhost, 127.0.0.1 and [::1], not to '{request.Host.Host}'. With PTUNE_Http__Auth=required it answers to any name.";
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) return null;
        return request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site" ? "Requests from another site's page cannot change anything on this server." : null;
    }
}
