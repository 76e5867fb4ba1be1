namespace Ptune.Silo.Security;

/// <summary>
/// When a request may use the cookie of a login. Another site's page sends no cookie with a change (SameSite), but one of another server under the same domain may, so a change also has to come
/// from a page of this server.
/// </summary>
internal static class CookieRule
{
    public static bool Allows(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || IsFromHere(request);

    /// <summary>Browsers say it in one header or the other.</summary>
    private static bool IsFromHere(HttpRequest request) => request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site
        ? site == "same-origin"
        : Uri.TryCreate(request.Headers.Origin, UriKind.Absolute, out var origin) && origin.Authority == request.Host.Value;
}
