namespace Ptune.WebConsole.Security;

/// <summary>
/// What a browser may do with a page: nothing from elsewhere, nothing inline, no frame around it. So text that somebody managed to bring in as markup would still not run.
/// </summary>
internal static class PageHeaders
{
    public const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static void Set(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        http.Response.OnStarting(static state =>
        {
            var answer = (HttpResponse)state;
            if (answer.Headers.CacheControl.Count == 0) answer.Headers.CacheControl = "no-store";
            return Task.CompletedTask;
        }, http.Response);
    }

    public static ValueTask<object?> Filter(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        Set(context.HttpContext);
        return next(context);
    }
}
